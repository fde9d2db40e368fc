package org.aiis.spec.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.aiis.spec.codec.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of a selection. */
class ShardTest {
    private static final List<String> SELECTION =
            IntStream.range(0, 1000).mapToObj(i -> "OP-X-VALUES/case-" + i).toList();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 7, 256})
    void thePartsHoldEachCaseOnceAndTheCommonOnesEach(int of) {
        Set<String> common = Shard.common(SELECTION);
        List<String> own = new ArrayList<>();
        for (int index = 1; index <= of; index++) {
            List<String> part = new Shard(index, of).of(SELECTION);
            assertThat(part).containsAll(common).doesNotHaveDuplicates();
            part.stream().filter(id -> !common.contains(id)).forEach(own::add);
        }
        assertThat(own).doesNotHaveDuplicates().hasSize(SELECTION.size() - common.size());
    }

    @Test
    void oneInThirtyTwoIsCommonAndNeverNone() {
        assertThat(Shard.common(SELECTION)).hasSize(32);
        assertThat(Shard.common(List.of("only"))).containsExactly("only");
        assertThat(Shard.common(List.of())).isEmpty();
    }

    @Test
    void thePartsOfALargeSelectionAreOfLikeSize() {
        assertThat(IntStream.rangeClosed(1, 4)
                        .map(i -> new Shard(i, 4).of(SELECTION).size()))
                .allSatisfy(size -> assertThat(size).isBetween(230, 330));
    }

    /** A second implementation has to come to the same parts: these are SHA-256 of "home\n" and the id, by sha256sum. */
    @Test
    void thePartOfACaseFollowsFromTheDigestOfItsId() {
        // printf 'home\na' | sha256sum | cut -c1-12  is be799fb56149
        assertThat(Shard.home("a", 5)).isEqualTo((int) (0xbe799fb56149L % 5) + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/4", "5/4", "1/0", "1/257", "1", "a/b", "1/4/2", "-1/4", ""})
    void whatIsNoPartIsRefused(String text) {
        assertThatThrownBy(() -> Shard.parse(text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("i/n");
    }
}
