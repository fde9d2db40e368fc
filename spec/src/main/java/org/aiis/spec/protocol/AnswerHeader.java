package org.aiis.spec.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.protocol.Attachments.Reference;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.NodePlacement;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;

/** The JSON of answers, with references in place of tensors. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AnswerHeader.Described.class, name = "described"),
    @JsonSubTypes.Type(value = AnswerHeader.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = AnswerHeader.Outputs.class, name = "outputs"),
    @JsonSubTypes.Type(value = AnswerHeader.Rejected.class, name = "rejected"),
    @JsonSubTypes.Type(value = AnswerHeader.NotDriven.class, name = "not-driven"),
    @JsonSubTypes.Type(value = AnswerHeader.Measured.class, name = "measured")
})
sealed interface AnswerHeader {
    record Numbered(long id, AnswerHeader answer) {}

    Answer read(Attachments from) throws ProtocolViolation;

    static AnswerHeader of(Answer answer, Attachments to) {
        if (answer instanceof Answer.Described described) {
            return new Described(described.protocol(), described.sut());
        } else if (answer instanceof Answer.Refused refused) {
            return new Refused(refused.message());
        }
        return of(((Answer.Observed) answer).observation(), to);
    }

    private static AnswerHeader of(Observation observation, Attachments to) {
        if (observation instanceof Observation.Outputs o) {
            return new Outputs(references(o.values(), to), o.placement());
        } else if (observation instanceof Observation.Rejected o) {
            return new Rejected(o.phase(), o.code(), o.message());
        } else if (observation instanceof Observation.NotDriven o) {
            return new NotDriven(o.reason());
        } else if (observation instanceof Observation.Measured o) {
            return new Measured(
                    to.add(o.latencies()), o.samples(), o.totalNanos(), references(o.outputs(), to), o.effective());
        }
        throw new IllegalArgumentException(
                "a worker does not answer " + observation.getClass().getSimpleName() + ": only the suite sees that");
    }

    private static SortedMap<String, Reference> references(SortedMap<String, Recorded> values, Attachments to) {
        SortedMap<String, Reference> references = new TreeMap<>();
        for (Map.Entry<String, Recorded> value : values.entrySet()) {
            references.put(value.getKey(), to.add(value.getValue().tensor()));
        }
        return references;
    }

    private static SortedMap<String, Recorded> recorded(SortedMap<String, Reference> references, Attachments from)
            throws ProtocolViolation {
        SortedMap<String, Recorded> values = new TreeMap<>();
        for (Map.Entry<String, Tensor> tensor : from.tensors(references).entrySet()) {
            values.put(tensor.getKey(), new Recorded.Whole(tensor.getValue()));
        }
        return values;
    }

    record Described(int protocol, Sut sut) implements AnswerHeader {
        @Override
        public Answer read(Attachments from) {
            return new Answer.Described(protocol, sut);
        }
    }

    record Refused(String message) implements AnswerHeader {
        @Override
        public Answer read(Attachments from) {
            return new Answer.Refused(message);
        }
    }

    record Outputs(SortedMap<String, Reference> values, List<NodePlacement> placement) implements AnswerHeader {
        @Override
        public Answer read(Attachments from) throws ProtocolViolation {
            return new Answer.Observed(new Observation.Outputs(recorded(values, from), placement));
        }
    }

    record Rejected(Observation.Phase phase, String code, String message) implements AnswerHeader {
        @Override
        public Answer read(Attachments from) {
            return new Answer.Observed(new Observation.Rejected(phase, code, message));
        }
    }

    record NotDriven(String reason) implements AnswerHeader {
        @Override
        public Answer read(Attachments from) {
            return new Answer.Observed(new Observation.NotDriven(reason));
        }
    }

    record Measured(
            Reference latencies,
            long samples,
            long totalNanos,
            SortedMap<String, Reference> outputs,
            SortedMap<String, String> effective)
            implements AnswerHeader {
        @Override
        public Answer read(Attachments from) throws ProtocolViolation {
            Tensor nanos = from.tensor(latencies);
            if (nanos.type() != org.aiis.spec.tensor.ElementType.INT64) {
                throw new ProtocolViolation("latencies of type " + nanos.type().label() + " instead of int64");
            }
            return new Answer.Observed(
                    new Observation.Measured(nanos, samples, totalNanos, recorded(outputs, from), effective));
        }
    }
}
