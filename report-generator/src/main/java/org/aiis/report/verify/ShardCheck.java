package org.aiis.report.verify;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.report.bundle.CaseRecord;
import org.aiis.report.bundle.Evidence;
import org.aiis.report.bundle.Layout;
import org.aiis.spec.evidence.Shard;
import org.aiis.spec.testing.Verdict;

/** That merged evidence names all parts, holds each common case of each, and counts the worst of them. */
final class ShardCheck {
    private final Evidence evidence;
    private final Complaints complaints;

    ShardCheck(Evidence evidence, Complaints complaints) {
        this.evidence = evidence;
        this.complaints = complaints;
    }

    /** @param selection all cases that the evidence has to hold */
    void check(List<String> selection) {
        int parts = evidence.shards().merged().size();
        SortedMap<String, SortedMap<Integer, CaseRecord>> recorded =
                evidence.shards().common();
        if (parts == 0) {
            return;
        }
        complain(evidence.begin().shard().isEmpty(), "a part of a session is not merged from others");
        complain(
                evidence.shards().merged().stream()
                        .allMatch(part -> part.shard().of() == parts),
                "names " + parts + " parts of another number of them");
        Set<String> common = Shard.common(selection);
        for (String id : common) {
            SortedMap<Integer, CaseRecord> shown = recorded.getOrDefault(id, new TreeMap<>());
            complain(shown.size() == parts, id + ": common to all parts, and told of " + shown.size());
            complain(isWorst(id, shown), id + ": its finding is not the worst of those of the parts");
        }
        recorded.keySet().stream()
                .filter(id -> !common.contains(id))
                .forEach(id -> complain(false, id + ": told of parts, and not common to them"));
    }

    private boolean isWorst(String id, SortedMap<Integer, CaseRecord> shown) {
        CaseRecord counting = evidence.cases().get(id);
        Verdict worst = shown.values().stream()
                .map(part -> part.finding().verdict())
                .reduce(Verdict.NOT_APPLICABLE, Verdict::worse);
        return counting != null
                && counting.finding().verdict() == worst
                && shown.values().stream().anyMatch(part -> part.finding().equals(counting.finding()));
    }

    private void complain(boolean holds, String reason) {
        complaints.require(holds, Layout.EVIDENCE, reason);
    }
}
