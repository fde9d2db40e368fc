package org.aiis.report.scoreboard;

import java.util.List;

/**
 * An operator, or a requirement that is no operator's, on all systems.
 *
 * @param conformanceClass id of the class that holds it
 * @param subject name of the operator, or id of the requirement
 * @param ofOperator which of the two
 * @param cases what was compared, in the order of their ids
 * @param tallies one for each system
 * @param differing cases that the systems did not end alike
 */
public record Row(
        String conformanceClass,
        String subject,
        boolean ofOperator,
        List<String> cases,
        List<Tally> tallies,
        int differing) {
    public Row {
        cases = List.copyOf(cases);
        tallies = List.copyOf(tallies);
    }
}
