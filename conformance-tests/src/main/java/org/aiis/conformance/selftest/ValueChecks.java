package org.aiis.conformance.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aiis.conformance.selftest.Check.Result;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** Tensors of each type and shape through the protocol, and through the system under test. */
final class ValueChecks {
    private static final String VALUES = "Values in headers";
    private static final String ELEMENTS = "elements are row-major and little-endian, in the shape that is told";

    private ValueChecks() {}

    static List<Check> all() {
        List<Check> checks = new ArrayList<>();
        for (ElementType type : Samples.TYPES) {
            checks.add(new Check("values/kept-" + type.label(), VALUES, ELEMENTS, bench -> kept(bench, type)));
        }
        checks.add(new Check(
                "values/strings",
                VALUES,
                "strings are each a length and UTF-8, NUL and non-ASCII characters included",
                bench -> kept(bench.shared(), Samples.strings())));
        checks.add(new Check(
                "values/rank-64",
                "Frames",
                "tensors have a rank of up to 64",
                bench -> kept(bench.shared(), Samples.telling(ElementType.FLOAT32, Shape.of(ones(64))))));
        for (ElementType type : Samples.TYPES) {
            checks.add(new Check("values/identity-" + type.label(), VALUES, ELEMENTS, bench -> identity(bench, type)));
        }
        for (ElementType type : Samples.TYPES) {
            if (type != ElementType.STRING && type != ElementType.BOOL) {
                checks.add(new Check("values/add-" + type.label(), VALUES, ELEMENTS, bench -> add(bench, type)));
            }
        }
        checks.add(new Check(
                "values/identity-string-nul",
                VALUES,
                "strings are each a length and UTF-8, NUL and non-ASCII characters included",
                bench -> throughTheRuntime(bench.shared())));
        checks.add(new Check(
                "values/names", VALUES, "names of inputs and outputs are any text", bench -> names(bench.shared())));
        return checks;
    }

    private static int[] ones(int rank) {
        int[] ones = new int[rank];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    private static Result kept(Bench bench, ElementType type) throws Deviation {
        for (Shape shape : Samples.SHAPES) {
            Result result = kept(bench.shared(), Samples.telling(type, shape));
            if (result != Result.PASSED) {
                return result;
            }
        }
        return Result.PASSED;
    }

    private static Result kept(Adapter adapter, Tensor tensor) throws Deviation {
        Observation put = adapter.perform(new Step.Put("w", tensor));
        if (put instanceof Observation.NotDriven cannot) {
            return new Result.Skipped(cannot.reason());
        }
        Observation got = adapter.perform(new Step.Get("w"));
        if (!(put instanceof Observation.Outputs) || !(got instanceof Observation.Outputs outputs)) {
            return new Result.Failed("to put it answered " + Adapter.told(put) + ", to get " + Adapter.told(got));
        }
        HandleChecks.only(outputs, "w", tensor);
        HandleChecks.done(adapter, new Step.Drop("w"));
        return Result.PASSED;
    }

    private static Result identity(Bench bench, ElementType type) throws Deviation {
        List<String> skipped = new ArrayList<>();
        for (Shape shape : Samples.SHAPES) {
            Tensor x = Samples.telling(type, shape);
            Result result = driven(bench.shared(), Samples.identity(x), Samples.x(x), x);
            if (result instanceof Result.Skipped cannot) {
                skipped.add(x.shape() + ": " + cannot.reason());
            } else if (result != Result.PASSED) {
                return result;
            }
        }
        return skipped.isEmpty()
                ? Result.PASSED
                : new Result.Skipped(skipped.size() + " of " + Samples.SHAPES.size() + " shapes, the others are right; "
                        + skipped.get(0));
    }

    /** Runtimes themselves cut strings at NUL: where put and get keep them, only a conformance run can say whose fault it is. */
    private static Result throughTheRuntime(Adapter adapter) throws Deviation {
        Tensor strings = Samples.strings();
        Result kept = kept(adapter, strings);
        if (kept != Result.PASSED) {
            return kept;
        }
        try {
            return driven(adapter, Samples.identity(strings), Samples.x(strings), strings);
        } catch (Deviation e) {
            return new Result.Skipped(
                    "put and get keep them, and a run does not, be it the binding or the runtime: " + e.getMessage());
        }
    }

    private static Result add(Bench bench, ElementType type) throws Deviation {
        Tensor a = Samples.counting(type, 1, 6);
        Tensor b = Samples.counting(type, 20, 6);
        Tensor sum = type.isFloat()
                ? Tensor.ofReals(type, a.shape(), 21, 23, 25, 27, 29, 31)
                : Tensor.ofLongs(type, a.shape(), 21, 23, 25, 27, 29, 31);
        return driven(bench.shared(), Samples.add(a), Map.of("a", a, "b", b), sum);
    }

    private static Result names(Adapter adapter) throws Deviation {
        Tensor x = Tensor.ofFloats(Shape.of(2), 1, 2);
        Observation loaded = adapter.perform(new Step.Load("m", Samples.identity("ein/gäng 1", "出力:0", x), false));
        if (!(loaded instanceof Observation.Outputs)) {
            return new Result.Skipped(Adapter.told(loaded));
        }
        Observation ran = adapter.perform(Step.Run.of("m", Map.of("ein/gäng 1", x)));
        if (!(ran instanceof Observation.Outputs outputs)) {
            return new Result.Skipped(Adapter.told(ran));
        }
        HandleChecks.only(outputs, "出力:0", x);
        HandleChecks.done(adapter, new Step.Close("m"));
        return Result.PASSED;
    }

    /** Whether the runtime takes the model is for a conformance run to judge, not for this. */
    private static Result driven(
            Adapter adapter, org.aiis.spec.tensor.Bytes model, Map<String, Tensor> inputs, Tensor expected)
            throws Deviation {
        Observation loaded = adapter.perform(new Step.Load("m", model, false));
        if (loaded instanceof Observation.Rejected rejected && rejected.phase() != Observation.Phase.LOAD) {
            return new Result.Failed("load was rejected with phase " + rejected.phase());
        }
        if (!(loaded instanceof Observation.Outputs)) {
            return new Result.Skipped(Adapter.told(loaded));
        }
        Observation ran = adapter.perform(Step.Run.of("m", inputs));
        HandleChecks.done(adapter, new Step.Close("m"));
        if (ran instanceof Observation.Rejected rejected && rejected.phase() != Observation.Phase.RUN) {
            return new Result.Failed("run was rejected with phase " + rejected.phase());
        }
        if (!(ran instanceof Observation.Outputs outputs)) {
            return new Result.Skipped(Adapter.told(ran));
        }
        HandleChecks.only(outputs, "y", expected);
        return Result.PASSED;
    }
}
