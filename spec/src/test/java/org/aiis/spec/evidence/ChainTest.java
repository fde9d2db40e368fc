package org.aiis.spec.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.aiis.spec.codec.InputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChainTest {
    private final String[] lines = new String[3];

    @BeforeEach
    void write() {
        Chain chain = new Chain();
        for (int i = 0; i < 3; i++) {
            lines[i] = chain.append(new Entry.End(i, "2026-11-23T00:00:00Z"));
        }
    }

    @Test
    void aChainReadsBackAsWritten() {
        Chain chain = new Chain();

        assertThat(chain.read(lines[0], "e")).isEqualTo(new Entry.End(0, "2026-11-23T00:00:00Z"));
        chain.read(lines[1], "e");
        chain.read(lines[2], "e");
        assertThat(chain.length()).isEqualTo(3);
    }

    @Test
    void aDroppedLineIsNoticed() {
        Chain chain = new Chain();
        chain.read(lines[0], "e");

        assertThatThrownBy(() -> chain.read(lines[2], "e"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("e:2: expected seq 1");
    }

    @Test
    void aChangedLineIsNoticedByTheNext() {
        Chain chain = new Chain();
        chain.read(lines[0].replace("2026", "2027"), "e");

        assertThatThrownBy(() -> chain.read(lines[1], "e"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a line was changed");
    }

    @Test
    void aClassNameInALineCreatesNothing() {
        Chain chain = new Chain();
        String hostile = lines[0].replace("\"event\":\"end\"", "\"event\":\"java.lang.Runtime\"");

        assertThatThrownBy(() -> chain.read(hostile, "e")).isInstanceOf(InputException.class);
    }
}
