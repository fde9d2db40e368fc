package org.aiis.conformance.selftest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Glob;

/** All that spec/worker-protocol.md demands of a worker and a stranger can see, check by check. */
public final class SelfTest {
    private static final List<Check> CHECKS = Stream.of(
                    StartChecks.all(),
                    FrameChecks.all(),
                    HandleChecks.all(),
                    ValueChecks.all(),
                    ModelChecks.all(),
                    LifeChecks.all(),
                    ViolationChecks.all())
            .flatMap(List::stream)
            .toList();

    private final List<String> command;
    private final Duration limit;

    /** @param limit for an answer */
    public SelfTest(List<String> command, Duration limit) {
        this.command = List.copyOf(command);
        this.limit = limit;
    }

    /** Names of the checks, in the order that they run in. */
    public static List<String> names() {
        return CHECKS.stream().map(Check::name).toList();
    }

    /**
     * Runs the checks whose name a pattern takes.
     *
     * @param each is told each line as it comes
     * @throws InputException when no check has such a name, or the command does not start
     */
    public List<CheckReport> run(String pattern, Consumer<CheckReport> each) {
        List<Check> selected =
                CHECKS.stream().filter(c -> Glob.matches(pattern, c.name())).toList();
        if (selected.isEmpty()) {
            throw InputException.of("no check is named '" + pattern + "'", "there are: " + String.join(" ", names()));
        }
        List<CheckReport> reports = new ArrayList<>();
        try (Bench bench = new Bench(command, limit)) {
            for (Check check : selected) {
                CheckReport report = CheckReport.of(check, result(check, bench));
                reports.add(report);
                each.accept(report);
            }
        }
        return reports;
    }

    private static Check.Result result(Check check, Bench bench) {
        try {
            Check.Result result = check.examination().on(bench);
            if (result instanceof Check.Result.Failed) {
                bench.discard();
            }
            return result;
        } catch (Deviation e) {
            bench.discard();
            return new Check.Result.Failed(String.valueOf(e.getMessage()));
        }
    }
}
