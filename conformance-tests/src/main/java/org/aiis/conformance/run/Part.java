package org.aiis.conformance.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.aiis.report.bundle.Bundle;
import org.aiis.report.bundle.Evidence;
import org.aiis.report.bundle.Folder;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.evidence.Entry;
import org.aiis.spec.evidence.Shard;

/**
 * The bundle of a part of a session, read once but for the observations that only this part has.
 *
 * @param common its entries of the cases that all parts hold
 */
record Part(Path path, Bundle bundle, Shard shard, Map<String, Entry.CaseDone> common) {

    /** @throws InputException when it is not the whole bundle of a part */
    static Part open(Path path) {
        Bundle bundle = Bundle.open(path);
        Shard shard = bundle.evidence()
                .begin()
                .shard()
                .orElseThrow(() ->
                        InputException.of(path + ": not a part of a session", "a run with --shard I/N makes one"));
        if (bundle.evidence().end().isEmpty()) {
            throw InputException.of(path + ": part " + shard + " was interrupted", "--resume goes on with it");
        }
        return new Part(path, bundle, shard, new HashMap<>());
    }

    /** Keeps the entries of these cases. */
    void keep(Set<String> ids) {
        read((line, done) -> {
            if (ids.contains(done.id())) {
                common.put(done.id(), done);
            }
        });
    }

    void read(Evidence.OnCase each) {
        Evidence.read(Folder.scan(path), each);
    }

    Evidence evidence() {
        return bundle.evidence();
    }

    Entry.Begin begin() {
        return evidence().begin();
    }

    /** The entry of the case that all parts hold. */
    Entry.CaseDone common(String id) {
        Entry.CaseDone done = common.get(id);
        if (done == null) {
            throw InputException.of(
                    path + ": part " + shard + " lacks case " + id, "each part holds the cases common to all");
        }
        return done;
    }

    /** As the merged evidence names it. */
    Entry.Merged named() {
        return new Entry.Merged(
                shard,
                bundle.manifest().digest(),
                evidence().head(),
                evidence().described().environment(),
                bundle.inputs().ics().ixit().workers(),
                evidence().cases().size(),
                begin().at(),
                evidence().end().orElseThrow().at());
    }
}
