package org.aiis.spec.evidence;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;

/** What a line of evidence.jsonl says. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Entry.Begin.class, name = "begin"),
    @JsonSubTypes.Type(value = Entry.Described.class, name = "described"),
    @JsonSubTypes.Type(value = Entry.CaseDone.class, name = "case"),
    @JsonSubTypes.Type(value = Entry.AgainOn.class, name = "again-on"),
    @JsonSubTypes.Type(value = Entry.Again.class, name = "again"),
    @JsonSubTypes.Type(value = Entry.Aggregated.class, name = "aggregate"),
    @JsonSubTypes.Type(value = Entry.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = Entry.End.class, name = "end")
})
public sealed interface Entry {
    /**
     * The attempt is registered before anything runs.
     *
     * @param suite version of the suite
     * @param digests of standard, catalogue and oracle, and of the profile, ICS and waiver files of the bundle
     * @param select globs that narrowed the run; empty for all
     * @param repeats which cases are shown again after the main pass
     * @param at UTC time, ISO 8601
     */
    record Begin(
            String suite,
            SortedMap<String, String> digests,
            String profile,
            Grade grade,
            List<String> select,
            long seed,
            int cases,
            Repeats repeats,
            String at)
            implements Entry {
        public Begin {
            digests = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(digests));
            select = List.copyOf(select);
        }
    }

    /** The system under test and the machine, as found. */
    record Described(Sut sut, SortedMap<String, String> environment) implements Entry {
        public Described {
            environment = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        }
    }

    /** A case was driven. {@code stimulus} is the digest of what the system under test was shown. */
    record CaseDone(String id, String stimulus, Observation observation, Finding finding, long micros)
            implements Entry {}

    /**
     * The system that cases are about to be shown again to. A system under test that is its own core is named here and
     * shown nothing again.
     *
     * @param sut as it describes itself; empty when it does not start
     * @param remark why it does not
     */
    record AgainOn(Purpose purpose, Optional<Sut> sut, String remark) implements Entry {}

    /**
     * A case was shown again. Its finding stands beside the first one and never changes it.
     *
     * @param observation empty when it was the first one's, bit for bit
     */
    record Again(
            String id,
            Purpose purpose,
            String stimulus,
            Optional<Observation> observation,
            Finding finding,
            long micros)
            implements Entry {}

    /** A requirement judged over all cases. */
    record Aggregated(String id, Finding finding) implements Entry {}

    /** The run went on after an interruption. */
    record Resumed(int cases, String at) implements Entry {}

    /** All selected cases are in. */
    record End(int cases, String at) implements Entry {}
}
