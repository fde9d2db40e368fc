package org.aiis.spec.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;
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
    @JsonSubTypes.Type(value = Entry.Merged.class, name = "merged"),
    @JsonSubTypes.Type(value = Entry.CaseDone.class, name = "case"),
    @JsonSubTypes.Type(value = Entry.InShard.class, name = "in-shard"),
    @JsonSubTypes.Type(value = Entry.AgainOn.class, name = "again-on"),
    @JsonSubTypes.Type(value = Entry.Again.class, name = "again"),
    @JsonSubTypes.Type(value = Entry.Traced.class, name = "traced"),
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
     * @param shard the part of the session that this is; empty for the whole
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
            Optional<Shard> shard,
            String at)
            implements Entry {
        public Begin {
            digests = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(digests));
            select = List.copyOf(select);
        }

        /** What of a selection this run sets out to drive. */
        public List<String> driven(List<String> selection) {
            return shard.map(part -> part.of(selection)).orElse(selection);
        }

        /** Whether the run leaves cases out that its profile, ICS and grade select. */
        public boolean narrowed() {
            return !select.isEmpty() || shard.isPresent();
        }
    }

    /** The system under test and the machine, as found. */
    record Described(Sut sut, SortedMap<String, String> environment) implements Entry {
        public Described {
            environment = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        }
    }

    /**
     * A bundle of a part that this evidence was merged from.
     *
     * @param manifest digest that its manifest ends in
     * @param began UTC time, ISO 8601
     * @param workers as its IXIT has them
     */
    record Merged(
            Shard shard,
            String manifest,
            String chainHead,
            SortedMap<String, String> environment,
            @JsonProperty(required = true) int workers,
            @JsonProperty(required = true) int cases,
            String began,
            String ended)
            implements Entry {
        public Merged {
            environment = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        }
    }

    /**
     * A case was driven.
     *
     * @param stimulus digest of what the system under test was shown
     * @param seat the process that it was shown to; empty where none was, where parts were merged, and in bundles of before
     */
    record CaseDone(
            String id, String stimulus, Observation observation, Finding finding, Optional<Seat> seat, long micros)
            implements Entry {
        /** Nothing is known of its process. */
        public CaseDone(String id, String stimulus, Observation observation, Finding finding, long micros) {
            this(id, stimulus, observation, finding, Optional.empty(), micros);
        }

        /** The same, where processes are not those of one run. */
        public CaseDone unseated() {
            return new CaseDone(id, stimulus, observation, finding, micros);
        }
    }

    /**
     * What came of a case that is common to all parts in one of them. The worst of these findings is that of the case.
     *
     * @param observation empty where it is what the case says, bit for bit
     */
    record InShard(
            String id, Shard shard, String stimulus, Optional<Observation> observation, Finding finding, long micros)
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

    /**
     * What the search came to for the cause of a death: of a process that died at a case in the main pass, where a fresh one
     * that was shown nothing else did not.
     *
     * @param id the case
     * @param history how many cases the process that died had been shown before
     * @param after the fewest of those that were found, in their order, behind which a fresh process died again
     * @param at the case at which it died then: mostly the same one, else one that its process had been shown too
     * @param observation what was seen there
     * @param shown how many fresh processes were shown those cases and then the one of {@code at}
     * @param died how many of them died
     * @param alone how many fresh processes were shown the case and nothing else
     * @param diedAlone how many of them died
     * @param cases shown for the search
     */
    record Traced(
            String id,
            Origin origin,
            @JsonProperty(required = true) int history,
            List<String> after,
            Optional<String> at,
            Optional<Observation> observation,
            @JsonProperty(required = true) int shown,
            @JsonProperty(required = true) int died,
            @JsonProperty(required = true) int alone,
            @JsonProperty(required = true) int diedAlone,
            @JsonProperty(required = true) long cases)
            implements Entry {
        public Traced {
            after = List.copyOf(after);
        }
    }

    /** A requirement judged over all cases. */
    record Aggregated(String id, Finding finding) implements Entry {}

    /** The run went on after an interruption. */
    record Resumed(int cases, String at) implements Entry {}

    /** All selected cases are in. */
    record End(int cases, String at) implements Entry {}
}
