package org.aiis.reference.operators.vision;

import java.util.Arrays;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.operators.Call;
import org.aiis.spec.tensor.ElementType;

/**
 * How Resize changes one axis.
 *
 * @param length of the input
 * @param resized length of the output, an integer (OP-Resize-D1)
 * @param scale one number, exact where it was given and with the error of a quotient where sizes were
 * @param start of the region of interest, in units of the input less one, and its end
 */
record Axis(int length, int resized, Numbers scale, double start, double end) {
    double factor() {
        return ((Reals) scale).hi(0);
    }

    /** Whether each element stays where it is. */
    boolean isIdentity(String mode) {
        boolean whole = !mode.equals("tf_crop_and_resize") || start == 0 && end == 1;
        return length == resized && (factor() == 1 || mode.equals("align_corners")) && whole;
    }

    /** The coordinate in the input of each element of the output, calculated in float32, in which scales are given. */
    Numbers coordinates(Call call, String mode) {
        Arithmetic a = call.arithmetic(ElementType.FLOAT32);
        double[] counted = new double[resized];
        Arrays.setAll(counted, i -> i);
        Numbers index = Reals.own(counted);
        boolean several = resized > 1;
        return switch (mode) {
            case "half_pixel" -> halfPixel(a, index);
            case "pytorch_half_pixel" -> several ? halfPixel(a, index) : a.constant(0, resized);
            case "half_pixel_symmetric" -> symmetric(a, index);
            case "align_corners" -> several ? stretched(a, index, a.constant(length - 1, resized)) : index;
            case "asymmetric" -> a.binary(Binary.DIV, index, every(scale));
            case "tf_crop_and_resize" -> cropped(a, index, several);
            default -> throw new IllegalStateException(mode);
        };
    }

    private Numbers every(Numbers one) {
        return one.gather(new int[resized]);
    }

    private Numbers halfPixel(Arithmetic a, Numbers index) {
        Numbers half = a.constant(0.5, resized);
        return a.binary(Binary.SUB, a.binary(Binary.DIV, a.binary(Binary.ADD, index, half), every(scale)), half);
    }

    /** index · span / (resized − 1). */
    private Numbers stretched(Arithmetic a, Numbers index, Numbers span) {
        return a.binary(Binary.DIV, a.binary(Binary.MUL, index, span), a.constant(resized - 1, resized));
    }

    private Numbers symmetric(Arithmetic a, Numbers index) {
        Numbers width = a.binary(Binary.MUL, scale, a.constant(length, 1));
        Numbers adjustment = a.binary(Binary.DIV, a.constant(resized, 1), width);
        Numbers offset =
                a.binary(Binary.MUL, a.constant(length / 2.0, 1), a.binary(Binary.SUB, a.constant(1, 1), adjustment));
        return a.binary(Binary.ADD, every(offset), halfPixel(a, index));
    }

    private Numbers cropped(Arithmetic a, Numbers index, boolean several) {
        Numbers from = a.constant(start, resized);
        Numbers to = a.constant(end, resized);
        Numbers last = a.constant(length - 1, resized);
        if (!several) {
            Numbers middle = a.binary(Binary.MUL, a.constant(0.5, resized), a.binary(Binary.ADD, from, to));
            return a.binary(Binary.MUL, middle, last);
        }
        Numbers span = a.binary(Binary.MUL, a.binary(Binary.SUB, to, from), last);
        return a.binary(Binary.ADD, a.binary(Binary.MUL, from, last), stretched(a, index, span));
    }
}
