package org.aiis.conformance.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.crash.CrashGroup;
import org.aiis.conformance.crash.Signature;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.report.Reports;
import org.aiis.report.bundle.Folder;
import org.aiis.report.bundle.Inputs;
import org.aiis.report.bundle.Layout;
import org.aiis.report.bundle.Qualification;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.evidence.Seat;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.TestCase;
import org.aiis.spec.testing.Trace;

/**
 * A run: registered before anything is driven, evidence line by line, and a sealed bundle at its end. Begin it or resume
 * it, drive the cases of {@link #runner()}, then {@link #finish()}.
 */
public final class Run implements AutoCloseable {
    /** Room that a run needs on the disk before it starts. */
    private static final long ROOM = 200L << 20;

    private final Suite suite;
    private final Plan plan;
    private final Path folder;
    private final WorkerPool pool;
    private final EvidenceLog log;
    private final Progress progress;
    private final History history;
    private final Repeating repeating;
    private final CaseRunner runner;

    private Run(
            Suite suite,
            Plan plan,
            Path folder,
            WorkerPool pool,
            EvidenceLog log,
            History history,
            List<TestCase> cases,
            Progress progress) {
        this.suite = suite;
        this.plan = plan;
        this.folder = folder;
        this.pool = pool;
        this.log = log;
        this.progress = progress;
        this.history = history;
        this.repeating = new Repeating(suite, plan, log, progress, history, cases);
        List<TestCase> open = cases.stream()
                .filter(c -> !history.findings().containsKey(c.id()))
                .toList();
        this.runner = new CaseRunner(
                CaseRunner.ordered(open, plan.seed()),
                pool::show,
                suite.judge(),
                plan.terms(),
                log,
                progress,
                history.processes(),
                (id, finding) -> plan.repeats().mayShow(id, plan.seed(), finding));
        pool.refresh(); // What was shown before the run stands in no evidence.
    }

    /**
     * Begins a run in a new or empty folder.
     *
     * @param measured how good the suite was found to be, for the bundle
     * @throws InputException when the folder cannot hold a bundle, or nothing is selected
     */
    public static Run begin(
            Suite suite, Plan plan, Qualification measured, Path folder, WorkerPool pool, Progress progress) {
        checkFolder(folder);
        List<TestCase> cases = plan.cases(suite);
        if (cases.isEmpty()) {
            throw InputException.of(
                    "no case of " + plan.profile().label() + " is selected by " + plan.select(),
                    "'aiis list cases --profile " + plan.profile().profile() + "' shows them");
        }
        SortedMap<String, String> digests = new TreeMap<>(suite.digests());
        digests.putAll(new Inputs(plan.profile(), plan.ics(), plan.waivers(), measured).write(folder));
        EvidenceLog log = EvidenceLog.create(folder.resolve(Layout.EVIDENCE));
        Entry.Begin begin = new Entry.Begin(
                Suite.version(),
                digests,
                plan.profile().label(),
                plan.grade(),
                plan.select(),
                plan.seed(),
                cases.size(),
                plan.repeats(),
                plan.shard(),
                now());
        log.append(begin);
        log.append(new Entry.Described(pool.sut(), Machine.describe()));
        return new Run(suite, plan, folder, pool, log, History.of(begin), cases, progress);
    }

    /** What an interrupted run had set out to do, read from its folder. */
    public static Plan planOf(Suite suite, Path folder) {
        if (Files.exists(folder.resolve(Layout.MANIFEST))) {
            throw InputException.of(folder + ": this run is complete", "there is nothing to resume");
        }
        Path evidence = folder.resolve(Layout.EVIDENCE);
        if (!Files.isRegularFile(evidence)) {
            throw InputException.of(folder + ": no evidence.jsonl", "there is no run here to resume");
        }
        EvidenceLog.Resumed resumed = EvidenceLog.resume(evidence);
        resumed.log().close();
        Entry.Begin begin = begin(resumed.entries(), evidence);
        SortedMap<String, String> here = new TreeMap<>(suite.digests());
        for (String file : List.of("profile", "ics", "waivers")) {
            here.put(
                    file,
                    Bytes.sha256(Codec.text(folder.resolve(file + ".yaml")).getBytes(StandardCharsets.UTF_8)));
        }
        if (begin.digests().containsKey(Layout.FIGURES)) {
            String figures = Codec.text(folder.resolve(Layout.QUALIFICATION));
            here.put(Layout.FIGURES, Bytes.sha256(figures.getBytes(StandardCharsets.UTF_8)));
        }
        here.forEach((name, digest) -> {
            if (!digest.equals(begin.digests().get(name))) {
                throw InputException.of(
                        folder + ": the run began with another " + name + " ("
                                + begin.digests().get(name) + ")",
                        "resume it with suite " + begin.suite() + " and unchanged files");
            }
        });
        Inputs inputs = Inputs.read(Folder.scan(folder));
        return new Plan(
                inputs.profile(),
                inputs.ics(),
                inputs.waivers(),
                begin.grade(),
                begin.select(),
                begin.seed(),
                begin.repeats(),
                begin.shard());
    }

    /** Goes on with an interrupted run: what is recorded stays, the rest is driven. */
    public static Run resume(Suite suite, Plan plan, Path folder, WorkerPool pool, Progress progress) {
        EvidenceLog.Resumed resumed = EvidenceLog.resume(folder.resolve(Layout.EVIDENCE));
        Entry.Begin begin = begin(resumed.entries(), folder.resolve(Layout.EVIDENCE));
        History history = History.of(begin, resumed.entries());
        history.described().ifPresent(found -> requireSame(found.sut(), pool.sut(), folder));
        if (history.described().isEmpty()) {
            resumed.log().append(new Entry.Described(pool.sut(), Machine.describe()));
        }
        if (!history.ended()) {
            resumed.log().append(new Entry.Resumed(history.findings().size(), now()));
        }
        return new Run(suite, plan, folder, pool, resumed.log(), history, plan.cases(suite), progress);
    }

    private static Entry.Begin begin(List<Entry> entries, Path evidence) {
        if (!entries.isEmpty() && entries.get(0) instanceof Entry.Begin begin) {
            return begin;
        }
        throw InputException.at(evidence.toString(), 1, "the entry of a run that began", "none");
    }

    private static void requireSame(Sut before, Sut now, Path folder) {
        if (!before.identity().equals(now.identity())) {
            throw InputException.of(
                    folder + ": the run began with another system under test", "resume it on the machine it began on");
        }
    }

    public CaseRunner runner() {
        return runner;
    }

    /**
     * Shows cases again, once all have been driven.
     *
     * @param system the backend under test
     * @param workers cases in flight at once
     */
    public void showAgain(BackendUri system, int workers) {
        if (!history.ended()) {
            Map<String, Trace> traces = new HashMap<>(history.traces());
            traces.putAll(runner.traces());
            Map<String, Seat> seats = new HashMap<>(history.seats());
            seats.putAll(runner.seats());
            repeating.show(pool, system, workers, findings(), traces, seats);
        }
    }

    /** The deaths and hangs of all cases that were driven, as {@link org.aiis.conformance.crash.Crashes} finds them in the bundle. */
    public List<CrashGroup> crashes() {
        Map<String, Signature> deaths = new TreeMap<>(history.deaths());
        deaths.putAll(runner.deaths());
        return CrashGroup.of(deaths.entrySet().stream()
                .map(death -> new CrashGroup.Crash(suite.catalogue().get(death.getKey()), death.getValue()))
                .toList());
    }

    private Map<String, Finding> findings() {
        Map<String, Finding> findings = new TreeMap<>(history.findings());
        findings.putAll(runner.findings());
        return findings;
    }

    /** Judges the aggregates, adds up, renders, seals. */
    public Results finish() {
        log.requireWritable();
        Rejudging rejudging = new Rejudging(suite);
        if (!history.ended()) {
            progress.stage("adding up", 0);
            Map<String, Finding> findings = findings();
            rejudging
                    .aggregate(findings, history.begin(), plan.profile(), plan.ics(), pool.sut())
                    .forEach((id, finding) -> log.append(new Entry.Aggregated(id, finding)));
            log.append(new Entry.End(findings.size(), now()));
        }
        log.close();
        progress.stage("rendering", 0);
        return new Reports(suite.standard(), rejudging).write(folder);
    }

    @Override
    public void close() {
        log.close();
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static void checkFolder(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw InputException.of(folder + ": a file, not a folder", "give another --out");
        }
        try {
            Files.createDirectories(folder);
            try (Stream<Path> content = Files.list(folder)) {
                if (content.findAny().isPresent()) {
                    throw InputException.of(
                            folder + ": not empty", "give another --out, or --resume to go on with the run in it");
                }
            }
            FileStore store = Files.getFileStore(folder);
            if (store.getUsableSpace() < ROOM) {
                throw InputException.of(
                        folder + ": only " + (store.getUsableSpace() >> 20) + " MiB are free",
                        "a run needs " + (ROOM >> 20) + " MiB; free some or give another --out");
            }
            Path probe = Files.createTempFile(folder, "probe", "");
            Files.write(probe, new byte[4096]);
            Files.delete(probe);
        } catch (IOException e) {
            throw InputException.because(folder + ": cannot hold a bundle", e);
        }
    }
}
