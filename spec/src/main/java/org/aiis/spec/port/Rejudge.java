package org.aiis.spec.port;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.conformity.Profile;
import org.aiis.spec.conformity.Sut;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.Finding;
import org.aiis.spec.testing.Grade;
import org.aiis.spec.testing.Observation;

/** Makes verdicts again from evidence: catalogue, oracle and judge behind one door, no backend. */
public interface Rejudge {
    /** Digests of what judges here, by name (catalogue, oracle, standard): evidence made with others is not judged. */
    Map<String, String> digests();

    /** Ids of the cases that a run with these settings has to hold, sorted. */
    List<String> selection(Profile profile, Ics ics, Grade grade, List<String> globs);

    /** SHA-256 of a case's stimulus, or empty when there is no such case. */
    Optional<String> stimulusDigest(String caseId);

    /** Ids of the requirements that a case proves. */
    List<String> requirements(String caseId);

    /** What a case is made of, for comparing cases with each other. */
    default Contents contents(String caseId) {
        return new Contents(new TreeSet<>(), 0);
    }

    /**
     * What a stimulus is made of.
     *
     * @param operators of its models, those in subgraphs and functions included
     * @param bytes of its models and tensors
     */
    record Contents(SortedSet<String> operators, long bytes) {
        public Contents {
            operators = Collections.unmodifiableSortedSet(new TreeSet<>(operators));
        }
    }

    /** The verdict on an observation of a case. */
    Finding judge(String caseId, Observation observation, Profile profile, Ics ics);

    /**
     * The largest difference between two answers to a case, in units of what the standard allows a right implementation to be off
     * by there; empty where it allows nothing, or the case is not judged by an oracle.
     */
    default OptionalDouble apart(String caseId, Observation one, Observation other, Profile profile, Ics ics) {
        return OptionalDouble.empty();
    }

    /**
     * Files that show a failing case without the run, by path below a folder of its own; none where there is nothing to show.
     *
     * @param after cases that the same process is shown before, in their order
     */
    default Map<String, Bytes> reproduction(
            String caseId, Finding finding, List<String> after, Profile profile, Ics ics) {
        return Map.of();
    }

    /** Verdicts of the aggregate requirements over all findings and the description of the system, by case id. */
    Map<String, Finding> aggregate(Map<String, Finding> findings, Entry.Begin begin, Profile profile, Ics ics, Sut sut);
}
