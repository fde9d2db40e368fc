package org.aiis.conformance.selftest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.aiis.conformance.selftest.Check.Result;
import org.aiis.conformance.worker.AdapterProcess.Wiring;
import org.aiis.spec.protocol.Answer;
import org.aiis.spec.protocol.Limits;
import org.aiis.spec.protocol.Request;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Step;

/** Right frames in unusual clothes: each has to be answered as any other. */
final class FrameChecks {
    private static final int SMALL_LIMIT = 1 << 20;
    private static final int LARGE = 64 << 20;

    private FrameChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "frames/byte-by-byte",
                        "Frames",
                        "a frame is its bytes, however they arrive: one by one",
                        bench -> split(bench, 1)),
                new Check(
                        "frames/odd-pieces",
                        "Frames",
                        "a frame is its bytes, however they arrive: in pieces of 7",
                        bench -> split(bench, 7)),
                new Check(
                        "frames/ids-jump",
                        "Requests",
                        "ids are numbered upwards; the answer has that of its request",
                        bench -> {
                            for (long id : new long[] {3, 1000, 70_000, 5_000_000_000L, 1L << 52}) {
                                answered(
                                        bench.shared(),
                                        id,
                                        "{\"id\":" + id + ",\"request\":{\"step\":\"describe\",\"protocol\":1}}");
                            }
                            bench.discard();
                            return Result.PASSED;
                        }),
                new Check("frames/any-order-of-members", "Values in headers", "the order of members is free", bench -> {
                    long id = bench.shared().nextId();
                    answered(
                            bench.shared(),
                            id,
                            "{ \"request\" : {\"protocol\":1,\n\"step\":\"describe\"},\"id\":" + id + " }");
                    return Result.PASSED;
                }),
                new Check(
                        "frames/escapes",
                        "Values in headers",
                        "a header is JSON: \\u0077 and w are the same handle",
                        FrameChecks::escapes),
                new Check(
                        "frames/empty-maps-left-out",
                        "Values in headers",
                        "lists and maps may be missing when empty",
                        FrameChecks::leftOut),
                new Check(
                        "frames/at-the-limit",
                        "Frames",
                        "a payload of exactly AIIS_FRAME_LIMIT bytes is accepted",
                        FrameChecks::atTheLimit),
                new Check(
                        "frames/64-MiB",
                        "Frames",
                        "the limit is 512 MiB where none is named: 64 MiB there and back",
                        FrameChecks::large),
                new Check(
                        "frames/answer-over-the-limit",
                        "Starting",
                        "an answer over AIIS_FRAME_LIMIT is not sent: not-driven, and the worker lives on",
                        FrameChecks::answerOverTheLimit));
    }

    private static Result split(Bench bench, int piece) throws Deviation {
        Adapter adapter = bench.shared();
        Tensor tensor = Samples.telling(ElementType.FLOAT32, Shape.of(2, 3));
        for (Step step : List.of(new Step.Put("pieces", tensor), new Step.Get("pieces"), new Step.Drop("pieces"))) {
            byte[] frame = adapter.frame(adapter.nextId(), new Request.Perform(step));
            Answer answer = adapter.exchange(adapter.nextId(), out -> {
                for (int i = 0; i < frame.length; i += piece) {
                    out.write(frame, i, Math.min(piece, frame.length - i));
                    out.flush();
                    // Long enough that most pieces are read alone.
                    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
                }
            });
            if (!(answer instanceof Answer.Observed observed
                    && observed.observation() instanceof Observation.Outputs)) {
                return new Result.Failed(
                        "to " + step.getClass().getSimpleName() + " in pieces it answered " + Adapter.told(answer));
            }
        }
        return Result.PASSED;
    }

    private static void answered(Adapter adapter, long id, String header) throws Deviation {
        byte[] frame = RawFrame.of(header);
        Answer answer = adapter.exchange(id, out -> {
            out.write(frame);
            out.flush();
        });
        if (!(answer instanceof Answer.Described)) {
            throw new Deviation("to " + header + " it answered " + Adapter.told(answer));
        }
    }

    private static Result escapes(Bench bench) throws Deviation {
        Adapter adapter = bench.shared();
        Tensor tensor = Samples.telling(ElementType.FLOAT32, Shape.of(3));
        HandleChecks.done(adapter, new Step.Put("w\u00e9/\uD83D\uDE00", tensor));
        String header = "{\"id\":" + adapter.nextId()
                + ",\"request\":{\"step\":\"get\",\"tensor\":\"\\u0077\\u00e9\\/\\ud83d\\ude00\"}}";
        Answer answer = adapter.exchange(RawFrame.of(header));
        HandleChecks.holds(answer, "w\u00e9/\uD83D\uDE00", tensor);
        HandleChecks.done(adapter, new Step.Drop("w\u00e9/\uD83D\uDE00"));
        return Result.PASSED;
    }

    private static Result leftOut(Bench bench) throws Deviation {
        Adapter adapter = bench.shared();
        Tensor x = Tensor.ofFloats(Shape.of(1), 2.5f);
        Observation loaded = adapter.perform(new Step.Load("m", Samples.identity(x), false));
        if (!(loaded instanceof Observation.Outputs)) {
            return new Result.Skipped("Identity of float32 does not load: " + Adapter.told(loaded));
        }
        String header = "{\"id\":" + adapter.nextId() + ",\"request\":{\"step\":\"run\",\"model\":\"m\","
                + "\"inputs\":{\"x\":{\"type\":\"float32\",\"shape\":[1],\"attachment\":0}}}}";
        Answer answer = adapter.exchange(RawFrame.of(header, x.toByteArray()));
        HandleChecks.holds(answer, "y", x);
        HandleChecks.done(adapter, new Step.Close("m"));
        return Result.PASSED;
    }

    private static Result atTheLimit(Bench bench) throws Deviation {
        try (Adapter adapter = bench.own(Wiring.AS_IN_A_RUN, Limits.DEFAULT.withFrame(SMALL_LIMIT))) {
            Tensor tensor = Samples.telling(ElementType.UINT8, Shape.of(SMALL_LIMIT - 4096));
            String header = "{\"id\":" + adapter.nextId() + ",\"request\":{\"step\":\"put\",\"tensor\":\"w\",\"value\":"
                    + "{\"type\":\"uint8\",\"shape\":[" + tensor.size() + "],\"attachment\":0}}}";
            int room = SMALL_LIMIT - RawFrame.payload(header, tensor.toByteArray()).length;
            byte[] frame = RawFrame.of(header + " ".repeat(room), tensor.toByteArray());
            Answer answer = adapter.exchange(frame);
            if (!(answer instanceof Answer.Observed observed
                    && observed.observation() instanceof Observation.Outputs)) {
                return new Result.Failed("it answered " + Adapter.told(answer));
            }
            HandleChecks.holds(adapter.ask(new Request.Perform(new Step.Get("w"))), "w", tensor);
        }
        return Result.PASSED;
    }

    private static Result large(Bench bench) throws Deviation {
        try (Adapter adapter = bench.own()) {
            byte[] content = new byte[LARGE];
            byte[] pattern = "AIIS, and some more to tell one place from another ".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < LARGE; i++) {
                content[i] = (byte) (pattern[i % pattern.length] + (i >> 16));
            }
            Tensor tensor = Tensor.ofBytes(ElementType.UINT8, Shape.of(LARGE), content);
            HandleChecks.done(adapter, new Step.Put("w", tensor));
            HandleChecks.holds(adapter.ask(new Request.Perform(new Step.Get("w"))), "w", tensor);
        }
        return Result.PASSED;
    }

    private static Result answerOverTheLimit(Bench bench) throws Deviation {
        try (Adapter adapter = bench.own(Wiring.AS_IN_A_RUN, Limits.DEFAULT.withFrame(SMALL_LIMIT))) {
            Tensor x = Samples.telling(ElementType.FLOAT32, Shape.of(SMALL_LIMIT / 4 - 2048));
            Observation loaded = adapter.perform(new Step.Load("m", Samples.twice(x), false));
            if (!(loaded instanceof Observation.Outputs)) {
                return new Result.Skipped("two Identity of float32 do not load: " + Adapter.told(loaded));
            }
            Observation ran = adapter.perform(Step.Run.of("m", Samples.x(x)));
            if (ran instanceof Observation.Outputs) {
                return new Result.Failed("it sent an answer over the limit of " + SMALL_LIMIT + " bytes");
            }
            adapter.describe();
            return Result.PASSED;
        }
    }
}
