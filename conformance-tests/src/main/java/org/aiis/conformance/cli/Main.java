package org.aiis.conformance.cli;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.aiis.spec.codec.InputException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code aiis}. */
@Command(
        name = "aiis",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        header = "Tests AI stacks against the AI Infrastructure Interoperability Standard (draft, adopted by no body).",
        description = {
            "",
            "  @|bold aiis run|@                          test ONNX Runtime's CPU provider against core@1.0",
            "  @|bold aiis run --backend faulty:biased|@  see what a failing report looks like",
            "  @|bold aiis verify BUNDLE|@                recompute every verdict of a bundle, offline",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 conformant, or done; 1 not conformant, or refused; 2 wrong usage or input;",
            "            3 inconclusive, or an error of the suite or its surroundings.",
            "'aiis COMMAND --help' explains a command."
        },
        subcommands = {
            RunCommand.class,
            ListCommand.class,
            ExplainCommand.class,
            MergeCommand.class,
            CompareCommand.class,
            DiffCommand.class,
            ReportCommand.class,
            VerifyCommand.class,
            InitIcsCommand.class,
            DoctorCommand.class,
            AdapterTestCommand.class,
            KeygenCommand.class,
            ExportVectorsCommand.class,
            ReplayCommand.class,
            CheckCommand.class,
            BisectCommand.class,
            PipelineCommand.class,
            ServeCommand.class,
            CrashesCommand.class,
            OracleCheckCommand.class,
            DeclareCommand.class,
            CertifyCommand.class,
            QualifyCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class
        })
public final class Main implements Runnable {
    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    public static void main(String[] args) {
        // Natives, Allure and JUnit must not mix with what a machine reads from standard output.
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int code;
        try {
            code = execute(out, err, args);
        } catch (OutOfMemoryError | StackOverflowError e) {
            // 1 would say "not conformant".
            err.println("aiis: the suite ran out of memory (" + e + "); give it more: AIIS_HEAP=2g aiis …");
            code = 3;
        }
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** Runs the command line with streams of the caller's and returns the exit code. */
    static int execute(PrintStream out, PrintStream err, String... args) {
        return new CommandLine(new Main())
                .setOut(new java.io.PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new java.io.PrintWriter(err, true, StandardCharsets.UTF_8))
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::explain)
                .execute(args);
    }

    private static int explain(Exception e, CommandLine commandLine, CommandLine.ParseResult parsed) {
        var err = commandLine.getErr();
        if (e instanceof InputException) {
            err.println(commandLine.getColorScheme().errorText("aiis: " + e.getMessage()));
            return 2;
        }
        if (e instanceof UncheckedIOException) {
            err.println(commandLine.getColorScheme().errorText("aiis: " + e.getMessage()));
            return 3;
        }
        err.println(commandLine.getColorScheme().errorText("aiis: an error of the suite: " + e));
        e.printStackTrace(err);
        return 3;
    }
}
