package org.aiis.reference.operators;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.aiis.spec.tensor.ElementType;

/** Groups of element types that the schemas of operators allow. */
public final class Types {
    /** The binary interchange formats of IEC 60559. */
    public static final Set<ElementType> IEEE = set(ElementType.FLOAT16, ElementType.FLOAT32, ElementType.FLOAT64);

    public static final Set<ElementType> FLOAT = with(IEEE, ElementType.BFLOAT16);
    public static final Set<ElementType> SIGNED =
            set(ElementType.INT8, ElementType.INT16, ElementType.INT32, ElementType.INT64);
    public static final Set<ElementType> UNSIGNED =
            set(ElementType.UINT8, ElementType.UINT16, ElementType.UINT32, ElementType.UINT64);
    public static final Set<ElementType> INTEGER = union(SIGNED, UNSIGNED);
    /** Integers of 32 and 64 bits, the ones that sums are defined on. */
    public static final Set<ElementType> WIDE =
            set(ElementType.INT32, ElementType.INT64, ElementType.UINT32, ElementType.UINT64);

    public static final Set<ElementType> INDEX = set(ElementType.INT32, ElementType.INT64);
    public static final Set<ElementType> NUMERIC = union(FLOAT, INTEGER);
    public static final Set<ElementType> ANY = with(NUMERIC, ElementType.BOOL, ElementType.STRING);
    /** The four 8-bit formats that hold signed numbers, from opset 19 on. */
    public static final Set<ElementType> FLOAT8 = set(
            ElementType.FLOAT8E4M3FN, ElementType.FLOAT8E4M3FNUZ, ElementType.FLOAT8E5M2, ElementType.FLOAT8E5M2FNUZ);

    public static final Set<ElementType> INT4 = set(ElementType.INT4, ElementType.UINT4);
    public static final Set<ElementType> INT2 = set(ElementType.INT2, ElementType.UINT2);
    public static final Set<ElementType> BOOL = set(ElementType.BOOL);

    private Types() {}

    /** Every tensor type that data movement takes at an opset version: ONNX adds narrow types at 19, 21, 23, 24 and 25. */
    public static Set<ElementType> any(int opset) {
        Set<ElementType> types = opset < 19 ? ANY : union(ANY, FLOAT8);
        types = opset < 21 ? types : union(types, INT4);
        types = opset < 23 ? types : with(types, ElementType.FLOAT4E2M1);
        types = opset < 24 ? types : with(types, ElementType.FLOAT8E8M0);
        return opset < 25 ? types : union(types, INT2);
    }

    /** The same for operators that took no type at 19: what that version added they take from 21 on. */
    public static Set<ElementType> anyFrom21(int opset) {
        return opset < 21 ? ANY : any(opset);
    }

    public static Set<ElementType> set(ElementType first, ElementType... others) {
        return Collections.unmodifiableSet(EnumSet.of(first, others));
    }

    public static Set<ElementType> union(Set<ElementType> a, Set<ElementType> b) {
        EnumSet<ElementType> all = EnumSet.copyOf(a);
        all.addAll(b);
        return Collections.unmodifiableSet(all);
    }

    public static Set<ElementType> with(Set<ElementType> some, ElementType first, ElementType... others) {
        return union(some, EnumSet.of(first, others));
    }

    public static Set<ElementType> without(Set<ElementType> some, ElementType... others) {
        EnumSet<ElementType> rest = EnumSet.copyOf(some);
        rest.removeAll(Set.of(others));
        return Collections.unmodifiableSet(rest);
    }
}
