package org.aiis.conformance.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.codec.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendUriTest {
    private static final SortedMap<String, String> NONE = new TreeMap<>();

    @Test
    void optionsStandBehindTheQuestionMark() {
        BackendUri uri = BackendUri.of("ort:cuda?device_id=1&use_tf32=0", NONE);

        assertThat(uri.name()).isEqualTo("ort:cuda");
        assertThat(uri.options()).isEqualTo(Map.of("device_id", "1", "use_tf32", "0"));
    }

    @Test
    void aBackendWithoutOptionsHasThoseGivenApart() {
        BackendUri uri = BackendUri.of("faulty:biased", new TreeMap<>(Map.of("seed", "7")));

        assertThat(uri.name()).isEqualTo("faulty:biased");
        assertThat(uri.options()).isEqualTo(Map.of("seed", "7"));
    }

    /** Paths and versions have plus signs; spaces and ampersands come in percent signs. */
    @ParameterizedTest
    @CsvSource({
        "/opt/ort-1.31+cu13/lib, /opt/ort-1.31+cu13/lib",
        "/a%20b%26c%3Dd%2525, /a b&c=d%25",
        "a=b, a=b",
        "%C3%A9, é",
        "'', ''"
    })
    void aValueIsAsItWasMeant(String written, String meant) {
        assertThat(BackendUri.of("x?path=" + written, NONE).options()).containsEntry("path", meant);
    }

    @Test
    void theQuestionMarksOfAForeignProgramAreItsOwn() {
        assertThat(BackendUri.of("exec:/bin/adapter ask?what=this", NONE).name())
                .isEqualTo("exec:/bin/adapter ask?what=this");
    }

    @Test
    void anOptionSaidTwiceIsTheSameOrRefused() {
        SortedMap<String, String> apart = new TreeMap<>(Map.of("device", "gpu"));

        assertThat(BackendUri.of("x?device=gpu", apart).options()).isEqualTo(Map.of("device", "gpu"));
        assertThatThrownBy(() -> BackendUri.of("x?device=cpu", apart))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("option 'device' is 'cpu' in the backend and 'gpu' beside it");
        assertThatThrownBy(() -> BackendUri.of("x?a=1&a=1", NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("option 'a' is there twice");
    }

    @ParameterizedTest
    @CsvSource({"x?", "x?a", "x?=1", "x?a=1&", "x?a=1&&b=2", "x?a=%", "x?a=%2", "x?a=%zz", "x?%=1"})
    void whatIsNoOptionIsRefused(String uri) {
        assertThatThrownBy(() -> BackendUri.of(uri, NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("backend " + uri);
    }

    @Test
    void anotherValueLeavesTheOriginalAlone() {
        BackendUri uri = BackendUri.of("x?a=1", NONE);

        assertThat(uri.with("a", "2").options()).isEqualTo(Map.of("a", "2"));
        assertThat(uri.options()).isEqualTo(Map.of("a", "1"));
    }
}
