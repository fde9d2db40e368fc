package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.catalogue.hostile.DrawnCases;
import org.aiis.conformance.crash.CrashGroup;
import org.aiis.conformance.junit.ConformanceLauncher;
import org.aiis.conformance.qualification.Published;
import org.aiis.conformance.run.ComingUp;
import org.aiis.conformance.run.Estimate;
import org.aiis.conformance.run.Footprint;
import org.aiis.conformance.run.Machine;
import org.aiis.conformance.run.Plan;
import org.aiis.conformance.run.Run;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.run.Workers;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.scheme.IcsCheck;
import org.aiis.conformance.scheme.IcsDraft;
import org.aiis.conformance.scheme.Profiles;
import org.aiis.conformance.scheme.Waivers;
import org.aiis.conformance.vectors.VectorFolder;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.report.baseline.Changes;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.conformity.Profile;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.evidence.Shard;
import org.aiis.spec.standard.StandardReader;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code aiis run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Tests a backend against a profile and writes a bundle: evidence, results, report.",
        footer = {
            "",
            "  aiis run                                      core@1.0 on ONNX Runtime's CPU provider",
            "  aiis run --backend ort:cuda --option library-path=/opt/onnxruntime    a vendor's own build, on a GPU",
            "  aiis run --backend reference                  the suite's own oracle as the system under test",
            "  aiis run --backend faulty:tf32-products       a faulty implementation; 'aiis list backends' names more",
            "  aiis run --select 'OP-Softmax-*'              a part of it; such a run can never be certified",
            "  aiis run --profile pipeline@1.0 --grade full  train, evaluate and deploy on the backend",
            "  aiis run --profile sessions@1.0               threads on one session, 1,000 sessions, cancelling",
            "  aiis run --hostile 7 --grade full             3,700 hostile models that nobody has seen before",
            "  aiis run --grade full --shard 2/4             the second of four parts; 'aiis merge' puts them together",
            "  aiis run --vectors DIR                        any folder in ONNX's backend-test layout",
            "  aiis run --baseline BUNDLE                    what is new since then; exit 0 when nothing is",
            "",
            "After the main pass some cases are shown again, which changes no verdict: a share, failing cases and deaths, to",
            "the same system (flaky?); failing cases to the CPU provider of the same library (whose fault?); in full",
            "all cases with graph optimisation off (what does the optimiser change?).",
            "",
            "The bundle's report is DIR/views/report.html. An interrupted run goes on with --resume --out DIR."
        })
final class RunCommand implements Callable<Integer> {
    /** Where runs go when --out is not given. */
    static final String RUNS = "aiis-out";

    private static final String CORE = "core@1.0";
    private static final String OF_VECTORS = "vectors@1.0";

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--profile",
            paramLabel = "ID",
            description = "Profile, or a YAML file. Default: " + CORE + ", and " + OF_VECTORS + " with --vectors.")
    String profile = "";

    @Option(
            names = "--backend",
            paramLabel = "WORD",
            description =
                    "Backend: cpu, ort:cuda, ort:cuda?device_id=1, reference, faulty:NAME, rogue:NAME, exec:COMMAND;"
                            + " 'aiis list backends'. Default: the ICS's, else cpu.")
    Optional<String> backend = Optional.empty();

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description = "Option of the backend, beside those of the ICS. May be given several times.")
    Map<String, String> backendOptions = Map.of();

    @Option(
            names = "--ics",
            paramLabel = "FILE",
            description = "What the vendor claims; 'aiis init-ics' writes one. Default: no more than the profile asks.")
    Optional<Path> ics = Optional.empty();

    @Option(
            names = "--grade",
            paramLabel = "quick|full|exhaustive",
            description =
                    "quick touches each requirement and each operator × type; full is what a certificate rests on;"
                            + " exhaustive adds every value of 8- and 16-bit types and a walk through float32."
                            + " Default: quick.")
    Grade grade = Grade.QUICK;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of the bundle; new or empty. Default: a new one below ./" + RUNS + ".")
    Optional<Path> out = Optional.empty();

    @Option(
            names = "--select",
            paramLabel = "GLOB",
            description = "Only cases whose id, or whose requirement, matches. May be given several times.")
    List<String> select = List.of();

    @Option(
            names = "--vectors",
            paramLabel = "DIR",
            description =
                    "Runs a folder in ONNX's backend-test layout (<case>/model.onnx, test_data_set_<n>/) in place of"
                            + " the catalogue, judged against its outputs and, where the oracle knows the model, by the oracle.")
    Optional<Path> vectors = Optional.empty();

    @Option(
            names = "--rtol",
            paramLabel = "X",
            description = "Relative tolerance for the outputs of --vectors. Default: the profile's, 1e-3.")
    Optional<Double> rtol = Optional.empty();

    @Option(
            names = "--atol",
            paramLabel = "X",
            description = "Absolute tolerance for the outputs of --vectors. Default: the profile's, 1e-7.")
    Optional<Double> atol = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Order of the cases; 0 is the catalogue's. Default: 0.")
    long seed;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "Only part I of N of the cases, the same on every machine, with some that are common to all"
                    + " parts; 'aiis merge' makes one bundle of all. A part alone can never be certified.")
    Optional<String> shard = Optional.empty();

    @Option(
            names = "--both-levels",
            description = "Show all cases again with graph optimisation off, and say where the two differ."
                    + " Default in full and exhaustive, where the backend has that setting.")
    boolean bothLevels;

    @Option(names = "--no-both-levels", description = "Do not.")
    boolean oneLevel;

    @Option(
            names = "--baseline",
            paramLabel = "BUNDLE",
            description = "Say what is new, fixed, flaky and still failing against an earlier bundle, which is verified"
                    + " first. Ends 0 when nothing is new, 1 when something is; changes no verdict.")
    Optional<Path> baseline = Optional.empty();

    @Option(
            names = "--hostile",
            paramLabel = "N",
            description = "Only hostile models, drawn anew from this seed: as many for each operator as the grade says."
                    + " The catalogue's own are those of seed 0.")
    Optional<Long> hostile = Optional.empty();

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "Worker processes at once, each with a case. Default: the ICS's, else one for each processor.")
    Optional<Integer> workers = Optional.empty();

    @Option(
            names = "--memory-limit",
            paramLabel = "MIB",
            description =
                    "Resident memory in MiB at which a worker is killed, together with what it started; 0 for none."
                            + " Default: its share of three quarters of the machine's, and not under 2048.")
    Optional<Long> memoryLimit = Optional.empty();

    @Option(names = "--resume", description = "Go on with the interrupted run in --out.")
    boolean resume;

    @Option(
            names = "--json",
            description = "Print results.json to standard output; with --baseline an object of results and changes.")
    boolean json;

    private Optional<Baseline> earlier = Optional.empty();

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try (ProgressBar progress = new ProgressBar(err, Terminal.watched(), false)) {
            return resume ? goOn(suite(progress), progress) : begin(progress);
        }
    }

    private Suite suite(ProgressBar progress) {
        Suite suite = cases(progress);
        if (baseline.isPresent()) {
            progress.stage("verifying the baseline", 0);
        }
        earlier = baseline.map(bundle -> Baseline.of(bundle, suite));
        return suite;
    }

    private Suite cases(ProgressBar progress) {
        Suite suite = Suite.load(Home.find());
        if (vectors.isPresent()) {
            progress.stage("reading vectors", 0);
            return suite.withVectors(VectorFolder.scan(vectors.get()));
        }
        if (rtol.isPresent() || atol.isPresent()) {
            throw InputException.of(
                    "--rtol and --atol are for --vectors", "the catalogue's tolerances are those of the standard");
        }
        return suite;
    }

    private Profile profile(Suite suite) {
        String asked = !profile.isEmpty() ? profile : vectors.isPresent() ? OF_VECTORS : CORE;
        Profile resolved = new Profiles(suite.standard(), suite.home()).resolve(asked);
        return vectors.isPresent() ? VectorProfile.of(resolved, suite.catalogue(), rtol, atol) : resolved;
    }

    private int begin(ProgressBar progress) {
        Optional<Ics> given = ics.map(file -> Codec.file(file, Ics.class));
        String origin = ics.map(Path::toString).orElse("");
        given.ifPresent(statement -> IcsCheck.fits(statement, StandardReader.bundled(), origin));
        BackendUri uri = backend(given);
        String word = uri.name();
        SortedMap<String, String> options = uri.options();
        int side = workers(given.map(Ics::ixit));
        int timeout = given.map(i -> i.ixit().timeoutSeconds()).orElse(IcsDraft.TIMEOUT_SECONDS);
        long memory = memory(side);
        try (ComingUp workers = new ComingUp(() -> Workers.start(word, side, timeout, memory, options))) {
            Suite suite = suite(progress);
            Profile resolved = profile(suite);
            Path folder = out.orElseGet(() -> fresh(resolved, word));
            WorkerPool pool = workers.pool();
            given.ifPresent(statement -> IcsCheck.describes(statement, pool.sut(), origin));
            Ics statement = given.orElseGet(() -> IcsDraft.minimal(pool.sut(), side, options));
            Plan plan = new Plan(
                            resolved, statement, Waivers.read(suite.standard(), suite.home()), grade, selected(), seed)
                    .part(shard.map(Shard::parse))
                    .repeating(uri, levels());
            if (grade != Grade.QUICK) {
                foretell(suite, plan, pool, side);
            }
            try (Run run = Run.begin(suite, plan, Published.read(suite.home()), folder, pool, progress)) {
                return drive(run, pool, uri, plan, folder, side, progress);
            }
        }
    }

    /** What was asked for. A backend named here replaces the ICS's with its options; an option alone replaces one of them. */
    private BackendUri backend(Optional<Ics> given) {
        SortedMap<String, String> options = new TreeMap<>();
        if (backend.isEmpty()) {
            given.ifPresent(i -> options.putAll(
                    BackendUri.of(i.ixit().backend(), i.ixit().options()).options()));
        }
        options.putAll(backendOptions);
        String asked = backend.or(() -> given.map(
                        i -> BackendUri.of(i.ixit().backend(), new TreeMap<>()).name()))
                .orElse("cpu");
        return BackendUri.of(asked, options);
    }

    /** A draw of hostile models is a part of the catalogue that its seed names, so that a bundle says which. */
    private List<String> selected() {
        if (hostile.isEmpty()) {
            return select;
        }
        if (!select.isEmpty() || hostile.get() < 0) {
            throw InputException.of(
                    "--hostile takes a seed from 0 up, and no --select beside it",
                    "--select '" + DrawnCases.of(1) + "/Max/*' names a part of a draw");
        }
        return List.of(DrawnCases.of(hostile.get()));
    }

    private Optional<Boolean> levels() {
        if (bothLevels && oneLevel) {
            throw InputException.of("--both-levels and --no-both-levels", "give one of them");
        }
        return bothLevels || oneLevel ? Optional.of(bothLevels) : Optional.empty();
    }

    /** A case keeps one processor busy, in its worker or, while it is judged, here. */
    private int workers(Optional<Ics.Ixit> ixit) {
        int asked = workers.orElseGet(() -> ixit.map(Ics.Ixit::workers)
                .orElse(Math.min(IcsCheck.MOST_WORKERS, Runtime.getRuntime().availableProcessors())));
        if (asked < 1 || asked > IcsCheck.MOST_WORKERS) {
            throw InputException.of("--workers " + asked, "1 to " + IcsCheck.MOST_WORKERS);
        }
        return asked;
    }

    private long memory(int side) {
        long asked = memoryLimit.orElseGet(() -> Machine.memoryEach(side));
        if (asked < 0) {
            throw InputException.of("--memory-limit " + asked, "MiB, or 0 for no limit");
        }
        return asked;
    }

    /** Says how long the run will take, from a sample of its cases that is driven and forgotten. */
    private void foretell(Suite suite, Plan plan, WorkerPool pool, int workers) {
        Estimate estimate = Estimate.of(suite, plan, pool, workers);
        spec.commandLine().getErr().println(estimate.sentence());
        spec.commandLine().getErr().flush();
    }

    private int goOn(Suite suite, ProgressBar progress) {
        Path folder = out.orElseThrow(() -> InputException.of("--resume needs --out DIR", "the folder of the run"));
        Plan plan = Run.planOf(suite, folder);
        if (shard.isPresent() && !shard.map(Shard::parse).equals(plan.shard())) {
            throw InputException.of(
                    "--shard " + shard.get() + ": the run in " + folder + " is "
                            + plan.shard().map(part -> "part " + part).orElse("no part of a session"),
                    "leave out --shard");
        }
        Ics.Ixit ixit = plan.ics().ixit();
        int side = workers(Optional.of(ixit));
        try (WorkerPool pool =
                        Workers.start(ixit.backend(), side, ixit.timeoutSeconds(), memory(side), ixit.options());
                Run run = Run.resume(suite, plan, folder, pool, progress)) {
            return drive(run, pool, BackendUri.of(ixit.backend(), ixit.options()), plan, folder, side, progress);
        }
    }

    private int drive(
            Run run, WorkerPool pool, BackendUri system, Plan plan, Path folder, int workers, ProgressBar progress) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(plan.profile().label() + " · " + pool.sut().name() + " "
                + pool.sut().version() + " ("
                + pool.sut().provider() + ") · " + plan.grade().word() + " · "
                + plan.shard().map(part -> "part " + part + " · ").orElse("")
                + run.runner().cases().size() + " cases");
        progress.stage("running", run.runner().cases().size());
        long start = System.nanoTime();
        ConformanceLauncher.drive(run.runner(), lanes(workers));
        double seconds = (System.nanoTime() - start) / 1e9;
        err.println(String.format(
                Locale.ROOT,
                "drove %d cases in %.1f s, %.0f a second",
                run.runner().cases().size(),
                seconds,
                run.runner().cases().size() / seconds));
        run.showAgain(system, workers);
        Results results = run.finish();
        progress.close();
        Optional<Changes> changes = earlier.map(bundle -> bundle.against(folder));
        err.println(Footprint.of(pool, folder).sentence());
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            console.print(Codec.pretty(changes.isPresent() ? new Baseline.Told(results, changes.get()) : results));
        } else {
            summary(console, results, run.crashes(), folder);
            changes.ifPresent(c -> earlier.orElseThrow().print(console, c));
        }
        console.flush();
        return changes.filter(c -> results.verdict() != Verdict.ERROR)
                .map(c -> c.fresh().isEmpty() ? 0 : 1)
                .orElse(exitCode(results.verdict()));
    }

    /**
     * Cases in flight. While one is judged its worker takes the next; a single worker sees the cases one by one in their
     * order.
     */
    private static int lanes(int workers) {
        return workers == 1 ? 1 : 2 * workers;
    }

    private void summary(PrintWriter out, Results results, List<CrashGroup> crashes, Path folder) {
        Summary.print(out, results);
        out.println(results.line().replaceFirst("^\\w+", coloured(results.verdict())));
        if (!results.notCertifiable().isEmpty()) {
            out.println("cannot be declared or certified: " + String.join("; ", results.notCertifiable()));
        }
        if (!crashes.isEmpty()) {
            out.println(CrashesCommand.summary(crashes) + ": aiis crashes " + folder);
        }
        out.println("report  " + folder.resolve("views").resolve("report.html"));
        out.println("check   aiis verify " + folder
                + vectors.map(given -> " --vectors " + given).orElse(""));
    }

    static String coloured(Verdict verdict) {
        String style =
                switch (verdict) {
                    case PASS -> "fg(green),bold";
                    case FAIL, ERROR -> "fg(red),bold";
                    case INCONCLUSIVE -> "fg(yellow),bold";
                    case NOT_APPLICABLE -> "faint";
                };
        return Ansi.AUTO.string("@|" + style + " " + verdict + "|@");
    }

    /** 0 conformant, 1 not conformant, 3 inconclusive or an error of the harness. */
    static int exitCode(Verdict verdict) {
        return switch (verdict) {
            case PASS, NOT_APPLICABLE -> 0;
            case FAIL -> 1;
            case INCONCLUSIVE, ERROR -> 3;
        };
    }

    private static Path fresh(Profile profile, String word) {
        String stamp =
                LocalDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
        String plain = word.replaceAll("[^A-Za-z0-9._-]+", "-");
        return Path.of(RUNS, stamp + "-" + profile.profile() + "-" + plain.substring(0, Math.min(40, plain.length())));
    }
}
