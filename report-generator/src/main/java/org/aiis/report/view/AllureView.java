package org.aiis.report.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.spec.port.Rejudge;
import org.aiis.spec.standard.Requirement;
import org.aiis.spec.testing.Verdict;

/**
 * Allure results, one a requirement with its cases as steps. Evidence holds how long a case took and when the run began, not when each case did: cases
 * are laid end to end from the begin, in the order of the evidence.
 */
final class AllureView {
    private final Subject subject;
    private final Rejudge rejudge;
    private final JsonMapper mapper;
    private final Map<String, Long> starts = new HashMap<>();
    private final Map<String, Requirement> requirements = new HashMap<>();

    AllureView(Subject subject, Rejudge rejudge) {
        this.subject = subject;
        this.rejudge = rejudge;
        this.mapper = mapper();
        long micros = OffsetDateTime.parse(subject.evidence().begin().at())
                        .toInstant()
                        .toEpochMilli()
                * 1000;
        List<CaseRecord> inOrder = new ArrayList<>(subject.evidence().cases().values());
        inOrder.sort(Comparator.comparingLong(CaseRecord::line));
        for (CaseRecord done : inOrder) {
            starts.put(done.id(), micros);
            micros += done.micros();
        }
        subject.standard().requirements().forEach(r -> requirements.put(r.id(), r));
    }

    /** Allure's model says its enums in lower case. */
    private static JsonMapper mapper() {
        SimpleModule words = new SimpleModule();
        words.addSerializer(new Word<>(Status.class, Status::value));
        words.addSerializer(new Word<>(Stage.class, Stage::value));
        return JsonMapper.builder()
                .addModule(words)
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
                .build();
    }

    private static final class Word<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient java.util.function.Function<T, String> word;

        Word(Class<T> type, java.util.function.Function<T, String> word) {
            super(type);
            this.word = word;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(word.apply(value));
        }
    }

    /** The cases of each requirement that some case proves first, in the order of the evidence. */
    SortedMap<String, List<CaseRecord>> groups() {
        SortedMap<String, List<CaseRecord>> groups = JunitView.suites(subject, rejudge);
        groups.values().forEach(cases -> cases.sort(Comparator.comparingLong(CaseRecord::line)));
        return groups;
    }

    static String path(String requirement) {
        return "views/allure-results/" + uuid(requirement) + "-result.json";
    }

    private static UUID uuid(String requirement) {
        return UUID.nameUUIDFromBytes(requirement.getBytes(StandardCharsets.UTF_8));
    }

    /** One result, with a step for each case. */
    String render(String requirement, List<CaseRecord> cases) {
        List<StepResult> steps = cases.stream().map(this::step).toList();
        CaseRecord worst = cases.stream()
                .max(Comparator.comparing(done -> done.finding().verdict()))
                .orElseThrow();
        TestResult result = new TestResult()
                .setUuid(uuid(requirement).toString())
                .setHistoryId(requirement)
                .setFullName(requirement)
                .setName(requirement)
                .setLabels(labels(requirement))
                .setStatus(status(worst.finding().verdict()))
                .setStatusDetails(details(worst))
                .setStage(Stage.FINISHED)
                .setStart(steps.stream().mapToLong(StepResult::getStart).min().orElse(0))
                .setStop(steps.stream().mapToLong(StepResult::getStop).max().orElse(0))
                .setSteps(steps);
        try {
            return mapper.writeValueAsString(result) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write an Allure result", e);
        }
    }

    private StepResult step(CaseRecord done) {
        long start = starts.getOrDefault(done.id(), 0L);
        StepResult step = new StepResult()
                .setName(done.id())
                .setStatus(status(done.finding().verdict()))
                .setStage(Stage.FINISHED)
                .setStart(start / 1000)
                .setStop((start + done.micros()) / 1000);
        return done.finding().verdict() == Verdict.PASS ? step : step.setStatusDetails(details(done));
    }

    private static StatusDetails details(CaseRecord done) {
        return new StatusDetails()
                .setMessage(done.finding().verdict() + ": " + done.finding().message())
                .setTrace(done.seen());
    }

    private List<Label> labels(String id) {
        List<Label> labels = new ArrayList<>();
        labels.add(label("framework", "aiis"));
        labels.add(label("parentSuite", subject.results().profile().id()));
        Requirement requirement = requirements.get(id);
        if (requirement != null) {
            labels.add(label("suite", requirement.conformanceClass()));
            labels.add(label("epic", requirement.conformanceClass()));
            labels.add(label("feature", requirement.operator().orElse(id)));
            labels.add(label("tag", requirement.level().word()));
        }
        return labels;
    }

    private static Label label(String name, String value) {
        return new Label().setName(name).setValue(value);
    }

    private static Status status(Verdict verdict) {
        return switch (verdict) {
            case PASS -> Status.PASSED;
            case FAIL -> Status.FAILED;
            case ERROR -> Status.BROKEN;
            case INCONCLUSIVE, NOT_APPLICABLE -> Status.SKIPPED;
        };
    }
}
