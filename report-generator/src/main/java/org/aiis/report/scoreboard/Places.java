package org.aiis.report.scoreboard;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.aiis.spec.standard.ConformanceClass;
import org.aiis.spec.standard.Requirement;
import org.aiis.spec.standard.Standard;

/** Finds the row of a case by the requirement that its id begins with. */
final class Places {
    /** Class of a requirement that this edition of the standard does not know: a bundle of another release names it. */
    private static final String UNKNOWN = "other";

    private final Map<String, Place> byRequirement = new HashMap<>();
    private final Standard standard;

    /** Where a row stands: classes in the order of the standard, operators by name, then requirements in its order. */
    record Place(int order, String conformanceClass, boolean ofOperator, int inClass, String subject)
            implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.comparingInt(Place::order)
                .thenComparing(place -> !place.ofOperator())
                .thenComparingInt(Place::inClass)
                .thenComparing(Place::subject);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    Places(Standard standard) {
        this.standard = standard;
        int order = 0;
        for (ConformanceClass c : standard.classes()) {
            int rank = 0;
            for (Requirement requirement : c.requirements()) {
                byRequirement.put(requirement.id(), place(order, c.id(), rank++, requirement.id()));
            }
            order++;
        }
    }

    Place of(String caseId) {
        String requirement = caseId.replaceFirst("/.*", "");
        Place known = byRequirement.get(requirement);
        return known != null ? known : place(standard.classes().size(), UNKNOWN, 0, requirement);
    }

    private Place place(int order, String conformanceClass, int rank, String requirement) {
        String[] parts = requirement.split("-", 3);
        boolean ofOperator = parts.length > 1
                && parts[0].equals("OP")
                && standard.operators().containsKey(parts[1]);
        return new Place(
                order, conformanceClass, ofOperator, ofOperator ? 0 : rank, ofOperator ? parts[1] : requirement);
    }
}
