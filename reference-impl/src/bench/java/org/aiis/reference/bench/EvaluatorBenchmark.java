package org.aiis.reference.bench;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.reference.onnx.ModelBuilder;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The oracle on a case of one node and on ResNet-18, with and without error terms. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EvaluatorBenchmark {
    private final Evaluator evaluator = new Evaluator();
    private final Bytes resNet = ResNet.model(224);
    private final Map<String, Tensor> image = Map.of("x", ResNet.image(224));
    private final Bytes smallResNet = ResNet.model(32);
    private final Map<String, Tensor> smallImage = Map.of("x", ResNet.image(32));
    private final Bytes add = new ModelBuilder(17)
            .input("a", ElementType.FLOAT32, 10, 10)
            .input("b", ElementType.FLOAT32, 10, 10)
            .node("Add", List.of("a", "b"), List.of("c"))
            .output("c", ElementType.FLOAT32, 10, 10)
            .build();
    private final Map<String, Tensor> operands = Map.of(
            "a", Tensor.ofFloats(Shape.of(10, 10), new float[100]),
            "b", Tensor.ofFloats(Shape.of(10, 10), new float[100]));

    @Benchmark
    public Reference oneNode() {
        return evaluator.evaluate(add, operands);
    }

    @Benchmark
    public SortedMap<String, Tensor> resNetValues() {
        return evaluator.values(resNet, image);
    }

    @Benchmark
    public Reference smallResNetWithErrors() {
        return evaluator.evaluate(smallResNet, smallImage);
    }
}
