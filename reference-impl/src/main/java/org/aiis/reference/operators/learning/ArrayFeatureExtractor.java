package org.aiis.reference.operators.learning;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * The elements at the given places of the last axis: X [..., C], Y of k places, Z [..., k]; of X [C] it is [1, k]
 * (OP-ArrayFeatureExtractor-D1).
 *
 * <p>Bits are kept; places below 0 are refused. Source: ONNX operator text of ai.onnx.ml 1.
 */
public final class ArrayFeatureExtractor implements Operator {
    @Override
    public Signature signature(int version) {
        return Signature.of("X:T Y:int64 -> Z:T").type("T", Types.with(Features.NUMBERS, ElementType.STRING));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        long[] places = call.input(1).longs();
        int rank = x.shape().rank();
        if (rank == 0 || places.length == 0) {
            throw call.refusal("X has rank 0 or Y is empty");
        }
        int extent = x.shape().dim(rank - 1);
        for (long place : places) {
            if (place < 0 || place >= extent) {
                throw call.refusal("place " + place + " of an axis of " + extent);
            }
        }
        long[] dims = rank == 1 ? new long[] {1, 0} : Arrays.copyOf(x.shape().toLongs(), rank);
        dims[dims.length - 1] = places.length;
        Shape shape = call.shape(dims);
        int[] at = new int[shape.size()];
        Arrays.setAll(at, i -> i / places.length * extent + (int) places[i % places.length]);
        return List.of(x.gather(at, shape));
    }
}
