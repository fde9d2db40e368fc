package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.aiis.conformance.run.Workers;
import org.aiis.conformance.selftest.CheckReport;
import org.aiis.conformance.selftest.SelfTest;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aiis adapter-test}. */
@Command(
        name = "adapter-test",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = "aiis adapter-test [--select PATTERN] [--timeout SECONDS] [--json] -- COMMAND [ARGUMENT]…",
        header = "Tests a program that speaks spec/worker-protocol.md, before any conformance run.",
        description = {
            "",
            "COMMAND is the program that you would name in 'aiis run --backend \"exec:COMMAND\"'. It runs in an empty",
            "scratch folder, so that paths have to be absolute. The self-test sends it what a run sends, and what no run",
            "ever sends: frames in pieces, wrong checksums, handles that hold nothing, models that are none. Each check is",
            "a line: PASS, FAIL or SKIP, its name, the section of the protocol and what that section says.",
            "",
            "It tests the adapter and not the runtime behind it. What the runtime does not take (an element type, say) is",
            "SKIP with the reason; a conformance run judges that. A FAIL means that the suite would take the adapter's own",
            "mistake for the runtime's, or would kill it for a violation.",
            ""
        },
        footer = {
            "",
            "  aiis adapter-test -- python3 /abs/path/my_worker.py",
            "  aiis adapter-test --select 'violations/*' -- /abs/path/my-worker --device 0",
            "  aiis adapter-test --list",
            "",
            "Write one in this order: start/*, frames/*, handles/*, values/*, models/*, violations/*, life/*.",
            "The worker in conformance-tests/adapters/ for your language is the shortest start.",
            "",
            "Exit codes: 0 no FAIL; 1 some FAIL; 2 wrong usage, or a command that does not start."
        })
final class AdapterTestCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The worker and its arguments, after '--'.")
    List<String> command = List.of();

    @Option(
            names = "--select",
            paramLabel = "PATTERN",
            description = "Only checks whose name it takes; * stands for anything.")
    String select = "*";

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "For the start and for each answer. Default: ${DEFAULT-VALUE}.")
    int timeoutSeconds = 60;

    @Option(names = "--list", description = "Lists the checks and ends.")
    boolean list;

    @Option(names = "--json", description = "JSON for machines.")
    boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            SelfTest.names().forEach(out::println);
            out.flush();
            return 0;
        }
        if (command.isEmpty()) {
            throw InputException.of("adapter-test without a command", "aiis adapter-test -- /abs/path/worker argument");
        }
        if (timeoutSeconds < 1) {
            throw InputException.of("--timeout " + timeoutSeconds, "give at least one second");
        }
        List<CheckReport> reports = new SelfTest(Workers.fromHere(command), Duration.ofSeconds(timeoutSeconds))
                .run(select, report -> {
                    if (!json) {
                        out.println(report.line());
                        out.flush();
                    }
                });
        Map<String, Long> counts = new TreeMap<>(
                reports.stream().collect(Collectors.groupingBy(CheckReport::outcome, Collectors.counting())));
        if (json) {
            out.print(Codec.pretty(Map.of("command", command, "counts", counts, "checks", reports)));
        } else {
            out.println(counts.entrySet().stream()
                    .map(e -> e.getValue() + " " + e.getKey())
                    .collect(Collectors.joining(", ", "", " of " + reports.size() + " checks")));
        }
        out.flush();
        return reports.stream().anyMatch(CheckReport::failed) ? 1 : 0;
    }
}
