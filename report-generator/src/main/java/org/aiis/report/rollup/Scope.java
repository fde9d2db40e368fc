package org.aiis.report.rollup;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.aiis.report.bundle.Inputs;
import org.aiis.spec.conformity.Profile;
import org.aiis.spec.standard.Level;
import org.aiis.spec.standard.Requirement;

/** What a run speaks about: requirements it leaves out, with the reason, and those that the ICS does not claim. */
final class Scope {
    private final Profile profile;
    private final boolean narrowed;
    private final Proofs proofs;
    private final Set<String> notImplemented;
    private final Set<String> operators = new HashSet<>();

    Scope(Inputs inputs, boolean narrowed, Proofs proofs) {
        this.profile = inputs.profile();
        this.narrowed = narrowed;
        this.proofs = proofs;
        this.notImplemented = Set.copyOf(inputs.ics().notImplemented());
        inputs.required().forEach(pair -> operators.add(pair.operator()));
    }

    /** Why this run says nothing about a requirement; empty when it does. */
    Optional<String> outOf(Requirement requirement) {
        Optional<String> excluded = profile.exclude().stream()
                .filter(e -> e.requirement().equals(requirement.id()))
                .map(e -> "excluded by the profile: " + e.reason())
                .findFirst();
        if (excluded.isPresent()) {
            return excluded;
        }
        if (proofs.touches(requirement.id())) {
            return Optional.empty();
        }
        if (requirement.untested().isPresent()) {
            return Optional.of("untested: " + requirement.untested().get());
        }
        if (narrowed) {
            return Optional.of("not selected: this run is a part of the selection");
        }
        if (requirement.operator().filter(o -> !operators.contains(o)).isPresent()) {
            return Optional.of("operator neither mandatory in the profile nor claimed in the ICS");
        }
        return requirement.level() == Level.MAY ? Optional.of("a permission that no case exercises") : Optional.empty();
    }

    /** Whether the ICS says that an optional requirement is not implemented, or claims nothing that it is about. */
    boolean notApplicable(Requirement requirement) {
        return proofs.notApplicable(requirement.id())
                || requirement.level() != Level.SHALL && notImplemented.contains(requirement.id());
    }
}
