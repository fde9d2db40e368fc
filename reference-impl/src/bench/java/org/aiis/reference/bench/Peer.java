package org.aiis.reference.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.aiis.reference.evaluator.Program;
import org.aiis.reference.onnx.TensorProtos;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;

/**
 * The oracle's half of src/bench/python/resnet.py: writes ResNet-18 and an image into a folder, then evaluates it once for
 * each line it reads and answers with the seconds that took.
 */
public final class Peer {
    private Peer() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Bytes model = ResNet.model(224);
        Tensor image = ResNet.image(224);
        Files.write(folder.resolve("model.onnx"), model.toArray());
        Files.write(folder.resolve("x.pb"), TensorProtos.write("x", image).toByteArray());
        Program program = Program.load(model);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        while (lines.readLine() != null) {
            long start = System.nanoTime();
            Tensor y = program.values(Map.of("x", image)).get("y");
            System.out.println((System.nanoTime() - start) / 1e9 + " " + (y == null ? 0 : y.real(0)));
        }
    }
}
