package org.aiis.conformance.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.aiis.spec.testing.Finding;
import org.junit.jupiter.api.Test;

/** The way of an error. */
class ErrorTrailTest {
    private static Growth.Node node(boolean wrong, double accumulated, Integer... reads) {
        Finding finding = wrong
                ? Finding.fail("value", "wrong").withWorst(7)
                : Finding.pass().withWorst(0.5);
        return new Growth.Node(
                "n",
                "Add",
                List.of(reads),
                List.of(),
                List.of(),
                "",
                Optional.of(finding),
                accumulated < 0 ? OptionalDouble.empty() : OptionalDouble.of(accumulated),
                OptionalDouble.empty(),
                "",
                OptionalLong.empty());
    }

    private static ErrorTrail trail(List<Growth.Node> nodes, int... outputs) {
        List<Growth.Output> all = java.util.Arrays.stream(outputs)
                .mapToObj(o -> new Growth.Output("y" + o, Optional.of(o)))
                .toList();
        return ErrorTrail.of(nodes, all).orElseThrow();
    }

    /** 1 is wrong; behind it 2 and 3 part, 3 is worse; 4 would be the worst, and leads nowhere; 5 and 6 are outputs. */
    @Test
    void followsTheLargerErrorToTheWorseOutput() {
        ErrorTrail trail = trail(
                List.of(
                        node(false, 0.1),
                        node(true, 7, 0),
                        node(false, 3, 1),
                        node(false, 5, 1),
                        node(false, 99, 1),
                        node(false, 0.2, 2),
                        node(false, 4, 2, 3)),
                5,
                6);

        assertThat(trail.kind()).isEqualTo(ErrorTrail.Kind.WRONG);
        assertThat(trail.before()).containsExactly(0);
        assertThat(trail.path()).containsExactly(1, 3, 6);
    }

    @Test
    void whereNoNodeIsWrongItBeginsWhereTheBoundIsLeft() {
        ErrorTrail trail = trail(List.of(node(false, 0.9), node(false, 1.1, 0), node(false, 3, 1)), 2);

        assertThat(trail.kind()).isEqualTo(ErrorTrail.Kind.ADDED_UP);
        assertThat(trail.source()).isEqualTo(1);
        assertThat(trail.path()).containsExactly(1, 2);
    }

    @Test
    void aSourceOnWhichNoOutputDependsIsItsOwnWay() {
        ErrorTrail trail = trail(List.of(node(true, 2), node(false, 0.1)), 1);

        assertThat(trail.path()).containsExactly(0);
    }

    @Test
    void whatIsNotKnownIsFollowedAllTheSame() {
        ErrorTrail trail = trail(List.of(node(true, -1), node(false, -1, 0), node(false, -1, 1)), 2);

        assertThat(trail.path()).containsExactly(0, 1, 2);
    }
}
