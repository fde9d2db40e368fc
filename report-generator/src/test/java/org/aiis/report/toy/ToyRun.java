package org.aiis.report.toy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.report.Reports;
import org.aiis.report.bundle.Evidence;
import org.aiis.report.bundle.Folder;
import org.aiis.report.bundle.Inputs;
import org.aiis.report.bundle.Qualification;
import org.aiis.report.rollup.Rollup;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.conformity.Profile;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.conformity.Waiver;
import org.aiis.spec.evidence.Chain;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Purpose;
import org.aiis.spec.evidence.Repeats;
import org.aiis.spec.evidence.Results;
import org.aiis.spec.evidence.Seat;
import org.aiis.spec.standard.Accuracy;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;

/** A run of a toy, as the recorder of the suite would write it. */
public final class ToyRun {
    public Toy toy = Toy.small();
    public Standard standard = Toy.standard();
    public Grade grade = Grade.FULL;
    public String backend = "cpu";
    public String name = "Example Runtime";
    public List<String> select = List.of();
    public List<Waiver> waivers = new ArrayList<>();
    public List<Ics.Deviation> deviations = new ArrayList<>();
    public List<String> notImplemented = new ArrayList<>();
    public List<Profile.Exclusion> exclude = new ArrayList<>();
    public List<String> classes = List.of("exchange", "operators");
    public List<Profile.Mandatory> mandatory =
            List.of(new Profile.Mandatory(List.of("Add"), List.of(ElementType.FLOAT32), List.of(13)));
    public SortedMap<String, String> environment = new TreeMap<>(Map.of("os", "Linux"));
    public Map<String, Observation> observations = new HashMap<>();
    public Map<String, Finding> written = new HashMap<>();
    public Set<String> dropped = new HashSet<>();
    public Repeats repeats = Repeats.NONE;

    /** What cases do when they are shown again, by purpose and id; else what they did the first time. */
    public Map<Purpose, Map<String, Observation>> again = new EnumMap<>(Purpose.class);

    /** Which processes cases were shown to, where that is known. */
    public Map<String, Seat> seats = new HashMap<>();

    /** What searches for the causes of deaths came to. */
    public List<Entry.Traced> traced = new ArrayList<>();

    /** The system that cases are shown again to, where it is another one. */
    public Map<Purpose, Optional<Sut>> systems = new EnumMap<>(Purpose.class);

    public List<String> determinism = List.of("run-to-run");

    public boolean ended = true;
    public long micros = 1200;
    public Qualification qualification = Qualification.NONE;

    public static Observation right() {
        return answer(1);
    }

    public static Observation answer(double y) {
        return Observation.Outputs.of(Map.of("y", Tensor.ofReals(ElementType.FLOAT32, Shape.of(1), y)));
    }

    public ToyRun failing(String caseId) {
        observations.put(caseId, answer(1.5));
        return this;
    }

    public ToyRun waiver(String requirement, String cases, String expires) {
        return waiver(requirement, cases, expires, java.util.Optional.empty());
    }

    public ToyRun unsteadyWaiver(String requirement, String cases, String expires) {
        return waiver(requirement, cases, expires, java.util.Optional.of(true));
    }

    private ToyRun waiver(String requirement, String cases, String expires, java.util.Optional<Boolean> unsteady) {
        waivers.add(new Waiver(
                "W-" + (waivers.size() + 1),
                requirement,
                List.of(cases),
                java.util.Optional.empty(),
                unsteady,
                name,
                "1.0",
                "2.0",
                java.util.Optional.empty(),
                "The vendor's fix ships with 2.1.",
                "W-1/model.onnx",
                "Scheme board",
                "2026-01-01",
                expires));
        return this;
    }

    public Inputs inputs() {
        return new Inputs(
                new Profile(
                        "core",
                        "1.0.0",
                        Profile.Status.DRAFT,
                        "Core",
                        List.of(),
                        classes,
                        exclude,
                        Accuracy.FULL,
                        mandatory,
                        new TreeMap<>()),
                new Ics(
                        "Example Ltd",
                        new Ics.Product(name, "Example Ltd", "1.4.2"),
                        Accuracy.FULL,
                        List.of(new Ics.Claim("Add", List.of(ElementType.INT32))),
                        List.of(),
                        List.of(),
                        determinism,
                        List.of(),
                        List.of(),
                        notImplemented,
                        deviations,
                        new Ics.Ixit(
                                backend,
                                "CPUExecutionProvider",
                                2,
                                60,
                                new TreeMap<>(Map.of("intra-op-threads", "1")))),
                waivers,
                qualification);
    }

    /** Writes what a run leaves behind. */
    public Path write(Path folder) {
        try {
            Files.createDirectories(folder);
            SortedMap<String, String> digests = inputs().write(folder);
            digests.putAll(toy.digests());
            Files.write(folder.resolve("evidence.jsonl"), (String.join("\n", lines(digests)) + "\n").getBytes("UTF-8"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines(SortedMap<String, String> digests) {
        Chain chain = new Chain();
        Inputs inputs = inputs();
        List<String> selection = toy.selection(inputs.profile(), inputs.ics(), grade, select);
        List<String> lines = new ArrayList<>();
        Entry.Begin begin = new Entry.Begin(
                "1.0.0",
                digests,
                "core@1.0.0",
                grade,
                select,
                42,
                selection.size(),
                repeats,
                Optional.empty(),
                "2026-11-23T09:00:00Z");
        lines.add(chain.append(begin));
        lines.add(chain.append(new Entry.Described(sut(), environment)));
        Map<String, Finding> findings = new TreeMap<>();
        for (String id : selection) {
            if (!dropped.contains(id)) {
                Observation seen = observations.getOrDefault(id, right());
                Finding finding = toy.judge(id, seen, inputs.profile(), inputs.ics());
                findings.put(id, finding);
                lines.add(chain.append(new Entry.CaseDone(
                        id,
                        toy.stimulusDigest(id).orElseThrow(),
                        seen,
                        written.getOrDefault(id, finding),
                        Optional.ofNullable(seats.get(id)),
                        micros)));
            }
        }
        again(chain, lines, findings);
        traced.forEach(search -> lines.add(chain.append(search)));
        if (ended) {
            toy.aggregate(findings, begin, inputs.profile(), inputs.ics(), sut())
                    .forEach((id, f) -> lines.add(chain.append(new Entry.Aggregated(id, f))));
            lines.add(chain.append(new Entry.End(findings.size(), "2026-11-23T09:04:10Z")));
        }
        return lines;
    }

    private void again(Chain chain, List<String> lines, Map<String, Finding> findings) {
        Inputs inputs = inputs();
        for (Purpose purpose : Purpose.values()) {
            Optional<Sut> system = systems.getOrDefault(purpose, Optional.of(sut()));
            Set<String> open = repeats.select(purpose, 42, findings);
            if (open.isEmpty()) {
                continue;
            }
            lines.add(chain.append(new Entry.AgainOn(purpose, system, system.isEmpty() ? "it does not start" : "")));
            boolean own = purpose == Purpose.CORE && system.equals(Optional.of(sut()));
            for (String id : system.isEmpty() || own ? List.<String>of() : open) {
                Optional<Observation> seen = Optional.ofNullable(
                        again.getOrDefault(purpose, Map.of()).get(id));
                Finding first = java.util.Objects.requireNonNull(findings.get(id));
                lines.add(chain.append(new Entry.Again(
                        id,
                        purpose,
                        toy.stimulusDigest(id).orElseThrow(),
                        seen,
                        seen.map(o -> toy.judge(id, o, inputs.profile(), inputs.ics()))
                                .orElse(first),
                        micros)));
            }
        }
    }

    /** The CPU provider of the same library, when the run is one of another provider. */
    public Sut core() {
        Sut sut = sut();
        return new Sut(
                sut.name(),
                sut.vendor(),
                sut.version(),
                "cpu",
                "HostExecutionProvider",
                sut.libraries(),
                sut.properties());
    }

    private Sut sut() {
        return new Sut(
                name,
                "Example Ltd",
                "1.4.2",
                backend,
                "CPUExecutionProvider",
                new TreeMap<>(Map.of("libexample.so", Toy.digest("lib"))),
                new TreeMap<>(Map.of("device", "Example CPU")));
    }

    /** Writes, adds up and seals. */
    public Path sealed(Path folder) {
        write(folder);
        new Reports(standard, toy).write(folder);
        return folder;
    }

    /** Writes and adds up, nothing else. */
    public Results results(Path folder) {
        Folder files = Folder.scan(write(folder));
        return Rollup.of(standard, inputs(), Evidence.read(files, (line, done) -> {}), toy);
    }
}
