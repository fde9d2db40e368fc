package org.aiis.reference.operators.vision;

import org.aiis.reference.operators.Call;
import org.aiis.spec.tensor.Shape;

/** The one-to-one map between a tensor with deep channels and one with wide space. */
final class Blocks {
    private Blocks() {}

    /** Refuses data that are not [N, C, H, W] and a block size below 1. */
    static long size(Call call) {
        long size = call.attributes().integer("blocksize");
        if (call.input(0).shape().rank() != 4 || size < 1 || size > 1 << 15) {
            throw call.refusal("data of shape " + call.input(0).shape() + " and blocksize " + size);
        }
        return size;
    }

    /** For each element of the deep tensor its place in the wide one, or the other way round. */
    static int[] deep(Call call, Shape deep, Shape wide, boolean byDeep) {
        int b = (int) size(call);
        boolean depthFirst =
                call.attributes().has("mode") && call.attributes().word("mode").equals("CRD");
        int channels = wide.dim(1);
        int[] at = new int[deep.size()];
        for (int i = 0; i < at.length; i++) {
            int column = i % wide.dim(3);
            int row = i / wide.dim(3) % wide.dim(2);
            int plane = i / wide.dim(3) / wide.dim(2);
            int block = row % b * b + column % b;
            int channel = plane % channels;
            int depth = depthFirst ? channel * b * b + block : block * channels + channel;
            int there = ((plane / channels * deep.dim(1) + depth) * deep.dim(2) + row / b) * deep.dim(3) + column / b;
            at[byDeep ? there : i] = byDeep ? i : there;
        }
        return at;
    }
}
