package org.aiis.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.aiis.spec.conformity.Sut;
import org.junit.jupiter.api.Test;

class OneSystemTest {
    private static Sut sut(String digest, Map<String, String> properties) {
        return new Sut(
                "runtime",
                "vendor",
                "1.0",
                "ort:cuda",
                "CUDAExecutionProvider",
                new TreeMap<>(Map.of("libruntime.so", digest)),
                new TreeMap<>(properties));
    }

    @Test
    void anotherDigestOrSettingIsAnotherSystem() {
        OneSystem system = new OneSystem();
        assertThat(system.difference(sut("aa", Map.of("threads", "1")))).isEmpty();
        assertThat(system.difference(sut("bb", Map.of("threads", "1"))))
                .get()
                .asString()
                .contains("libruntime.so");
        assertThat(system.difference(sut("aa", Map.of("threads", "2"))))
                .get()
                .asString()
                .contains("threads");
        assertThat(system.difference(sut("aa", Map.of("threads", "1")))).isEmpty();
    }

    /** Seen on an H200: with a cold cache the first worker had libnvidia-ptxjitcompiler loaded, the others found its work done. */
    @Test
    void whatADriverLoadedOnDemandIsNot() {
        OneSystem system = new OneSystem();
        assertThat(system.difference(sut("aa", Map.of(Sut.OTHER_LIBRARIES, "libcuda.so, libnvidia-ptxjitcompiler.so"))))
                .isEmpty();
        assertThat(system.difference(sut("aa", Map.of(Sut.OTHER_LIBRARIES, "libcuda.so"))))
                .isEmpty();
        assertThat(system.difference(sut("aa", Map.of()))).isEmpty();
    }
}
