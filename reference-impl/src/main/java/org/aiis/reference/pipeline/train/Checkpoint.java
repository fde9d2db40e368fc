package org.aiis.reference.pipeline.train;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/**
 * Where a training stands between two steps: enough to go on to the very same weights.
 *
 * @param plan digest of the training that it belongs to
 * @param steps done
 * @param state weights, slots, number of steps
 * @param best weights of the best epoch so far
 * @param sums of loss and of right predictions over the epoch's records so far, and their number
 */
record Checkpoint(String plan, int steps, List<Tensor> state, Tensor best, List<Epoch> history, List<Double> sums) {
    private static final byte[] MAGIC = "AIIS checkpoint 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST = 64;

    /** A state of 100 million float32 and its slots fits; a file beyond it is refused before it is read. */
    static final long LARGEST = 4L * 400_000_000;

    Checkpoint {
        state = List.copyOf(state);
        history = List.copyOf(history);
        sums = List.copyOf(sums);
    }

    byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(MAGIC);
            out.writeUTF(plan);
            out.writeInt(steps);
            out.writeInt(state.size());
            for (Tensor tensor : state) {
                write(out, tensor);
            }
            write(out, best);
            out.writeInt(history.size());
            for (Epoch e : history) {
                for (double x :
                        new double[] {e.loss(), e.accuracy(), e.validationLoss(), e.validationAccuracy(), e.rate()}) {
                    out.writeDouble(x);
                }
            }
            for (double sum : sums) {
                out.writeDouble(sum);
            }
            out.flush();
            out.write(Bytes.sha256(bytes.toByteArray()).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written to", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Tensor tensor) throws IOException {
        out.writeInt(tensor.type().onnx());
        out.writeInt(tensor.size());
        out.write(tensor.toByteArray());
    }

    /** What a file holds; refused where it is damaged, or of another training. */
    static Checkpoint read(byte[] file, String plan, String origin) {
        int end = file.length - DIGEST;
        if (end < MAGIC.length || !Arrays.equals(MAGIC, Arrays.copyOf(file, MAGIC.length))) {
            throw InputException.at(origin, 0, "a checkpoint of the pipeline", "something else");
        }
        String digest = new String(file, end, DIGEST, StandardCharsets.US_ASCII);
        if (!Bytes.sha256(Arrays.copyOf(file, end)).equals(digest)) {
            throw InputException.at(origin, 0, "a whole checkpoint", "a damaged one");
        }
        try (DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(file, MAGIC.length, end - MAGIC.length))) {
            String of = in.readUTF();
            if (!of.equals(plan)) {
                throw InputException.at(
                        origin,
                        0,
                        "a checkpoint of this training: the same network, data, seed, batch, epochs and schedule",
                        "one of another");
            }
            int steps = in.readInt();
            List<Tensor> state = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                state.add(tensor(in));
            }
            Tensor best = tensor(in);
            List<Epoch> history = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                history.add(
                        new Epoch(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()));
            }
            return new Checkpoint(
                    of, steps, state, best, history, List.of(in.readDouble(), in.readDouble(), in.readDouble()));
        } catch (IOException | IllegalArgumentException e) {
            throw InputException.because(origin + ": not a checkpoint of the pipeline", e);
        }
    }

    private static Tensor tensor(DataInputStream in) throws IOException {
        ElementType type =
                ElementType.ofOnnx(in.readInt()).orElseThrow(() -> new IOException("an unknown element type"));
        int size = in.readInt();
        long bytes = (long) size * type.bytes();
        if (size < 0 || bytes > in.available()) {
            throw new IOException("a tensor of " + size + " elements, " + in.available() + " bytes are left");
        }
        return Tensor.ofBytes(type, Shape.of(size), in.readNBytes((int) bytes));
    }
}
