package org.aiis.conformance.selftest;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.aiis.conformance.selftest.Check.Result;
import org.aiis.conformance.worker.AdapterProcess.Wiring;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.protocol.Answer;
import org.aiis.spec.protocol.Limits;
import org.aiis.spec.protocol.Message;
import org.aiis.spec.protocol.Request;

/** Who are you, where do you answer, and do you leave? */
final class StartChecks {
    private static final String STARTING = "Starting";

    private StartChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "start/describe",
                        "Requests",
                        "the first request is describe, the worker says who it is",
                        bench -> {
                            described(bench.shared().describe());
                            return Result.PASSED;
                        }),
                new Check(
                        "start/describe-again",
                        "Violations",
                        "a sut that differs from the one described first is a violation",
                        StartChecks::again),
                new Check(
                        "start/other-process",
                        "Violations",
                        "each process of a run describes the same sut",
                        StartChecks::otherProcess),
                new Check(
                        "start/other-protocol",
                        "Answers",
                        "refused is the answer to describe with another protocol",
                        StartChecks::otherProtocol),
                wired(
                        "start/other-descriptor",
                        "answers go to the descriptor that AIIS_ANSWERS_FD names, here 7",
                        Wiring.DESCRIPTOR_7),
                wired(
                        "start/standard-output",
                        "where AIIS_ANSWERS_FD is not set, answers go to standard output",
                        Wiring.STANDARD_OUTPUT),
                wired("start/noise", "what prints to descriptors 1 and 2 does not touch the answers", Wiring.NOISY),
                new Check("start/end-of-input", STARTING, "the worker ends when standard input ends", bench -> {
                    try (Adapter adapter = bench.own()) {
                        adapter.closeRequests();
                        adapter.mustEnd("the end of standard input");
                    }
                    return Result.PASSED;
                }),
                new Check(
                        "start/end-inside-a-frame",
                        STARTING,
                        "the worker ends when standard input ends, also in the middle of a frame",
                        bench -> {
                            try (Adapter adapter = bench.own()) {
                                byte[] frame = adapter.frame(1, new Request.Describe(Message.PROTOCOL));
                                adapter.write(Arrays.copyOf(frame, frame.length / 2));
                                adapter.closeRequests();
                                adapter.mustEnd("half a frame");
                            }
                            return Result.PASSED;
                        }));
    }

    private static void described(Sut sut) throws Deviation {
        if (sut.name().isBlank() || sut.version().isBlank() || sut.provider().isBlank()) {
            throw new Deviation("name, version and provider of the sut are not all filled: " + sut);
        }
        for (Map.Entry<String, String> library : sut.libraries().entrySet()) {
            if (!library.getValue().matches("[0-9a-f]{64}")) {
                throw new Deviation("the digest of library '" + library.getKey()
                        + "' is no SHA-256 in lower-case hex: '" + library.getValue() + "'");
            }
        }
    }

    private static Result again(Bench bench) throws Deviation {
        Sut first = bench.shared().describe();
        Sut second = bench.shared().describe();
        return same(first, second);
    }

    private static Result otherProcess(Bench bench) throws Deviation {
        Sut first = bench.shared().describe();
        try (Adapter other = bench.bare(Wiring.AS_IN_A_RUN, Limits.DEFAULT)) {
            return same(first, other.describe());
        }
    }

    private static Result same(Sut first, Sut second) {
        return first.equals(second) ? Result.PASSED : new Result.Failed("first " + first + ", then " + second);
    }

    private static Result otherProtocol(Bench bench) throws Deviation {
        try (Adapter adapter = bench.bare(Wiring.AS_IN_A_RUN, Limits.DEFAULT)) {
            Answer answer = adapter.ask(new Request.Describe(Message.PROTOCOL + 1));
            return answer instanceof Answer.Refused
                    ? Result.PASSED
                    : new Result.Failed(
                            "to protocol " + (Message.PROTOCOL + 1) + " it answered " + Adapter.told(answer));
        }
    }

    private static Check wired(String name, String rule, Wiring wiring) {
        return new Check(name, STARTING, rule, bench -> {
            try (Adapter adapter = bench.own(wiring, Limits.DEFAULT)) {
                HandleChecks.roundTrip(adapter, "w");
            }
            return Result.PASSED;
        });
    }
}
