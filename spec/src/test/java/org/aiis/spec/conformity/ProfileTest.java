package org.aiis.spec.conformity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.testing.OperatorType;
import org.junit.jupiter.api.Test;

class ProfileTest {
    private static final String PROFILE = """
            profile: mine
            version: 1.2.0
            status: draft
            title: A profile
            classes: [exchange]
            accuracy: relaxed
            operators:
              - operators: [Add, Mul]
                types: [float32, int8]
                opsets: [17]
            """;

    @Test
    void membersThatAreListsMayBeLeftOut() {
        Profile profile = Codec.yaml(PROFILE, Profile.class, "mine.yaml");

        assertThat(profile.extend()).isEmpty();
        assertThat(profile.limits()).isEmpty();
        assertThat(profile.mandatory()).hasSize(4);
        assertThat(profile.label()).isEqualTo("mine@1.2.0");
    }

    @Test
    void aResolvedProfileSurvivesYaml() {
        Profile profile = Codec.yaml(PROFILE, Profile.class, "mine.yaml");

        assertThat(Codec.yaml(Codec.yaml(profile), Profile.class, "again")).isEqualTo(profile);
    }

    @Test
    void anUnknownMemberNamesTheLineAndTheNearestOne() {
        assertThatThrownBy(() -> Codec.yaml(PROFILE.replace("operators:\n", "oprators:\n"), Profile.class, "mine.yaml"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("mine.yaml:7")
                .hasMessageContaining("unknown member 'oprators'; did you mean 'operators'?");
    }

    @Test
    void aMissingMemberIsRefused() {
        assertThatThrownBy(() -> Codec.yaml(PROFILE.replace("accuracy: relaxed\n", ""), Profile.class, "mine.yaml"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("mine.yaml")
                .hasMessageContaining(".accuracy: this member is missing");
    }

    @Test
    void anUnknownTypeNamesTheNearestOne() {
        assertThatThrownBy(() -> Codec.yaml(PROFILE.replace("float32,", "flaot32,"), Profile.class, "mine.yaml"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("mine.yaml:9")
                .hasMessageContaining("did you mean 'float32'?");
    }

    @Test
    void brokenYamlNamesFileAndLine() {
        assertThatThrownBy(() -> Codec.yaml("profile: [", Profile.class, "mine.yaml"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("mine.yaml:1");
    }

    @Test
    void aVersionThatIsNoSemVerIsRefused() {
        assertThatThrownBy(() -> Codec.yaml(PROFILE.replace("1.2.0", "1.2"), Profile.class, "mine.yaml"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("SemVer");
    }

    @Test
    void aWaiverHoldsUpToItsLastDayAndForItsVersionsOnly() {
        Waiver waiver = new Waiver(
                "W1",
                "OP-Add-VALUES",
                List.of("OP-Add-VALUES/*"),
                Optional.of(true),
                Optional.empty(),
                "ONNX Runtime",
                "1.29.0",
                "1.30.0",
                Optional.empty(),
                "why",
                "w1.py",
                "owner",
                "2026-11-01",
                "2027-11-01");

        assertThat(waiver.expired(LocalDate.parse("2027-11-01"))).isFalse();
        assertThat(waiver.expired(LocalDate.parse("2027-11-02"))).isTrue();
        assertThat(waiver.appliesTo(sut("1.29.3"), Map.of())).isTrue();
        assertThat(waiver.appliesTo(sut("1.3.0"), Map.of())).isFalse();
        assertThat(waiver.appliesTo(sut("1.31.0"), Map.of())).isFalse();
        assertThat(waiver.covers("OP-Add-VALUES/float32/x", Set.of())).isTrue();
        assertThat(waiver.covers("OP-Add-VALUES/float32/x", Set.of(new OperatorType("Add", ElementType.FLOAT32))))
                .isFalse();
        assertThat(waiver.covers("OP-Add-VALUES/int8/x", Set.of(new OperatorType("Add", ElementType.FLOAT32))))
                .isTrue();
        assertThat(waiver.covers("OP-Add-SPECIAL/float32/x", Set.of())).isFalse();
    }

    @Test
    void aWaiverForSomeProcessorsHoldsOnThoseAlone() {
        Waiver waiver = Codec.yaml("""
                id: W1
                requirement: OP-Add-VALUES
                cases: [OP-Add-VALUES/*]
                product: ONNX Runtime
                fromVersion: 1.29.0
                toVersion: 1.30.0
                processor: {with: [avx2], without: [avx512_vnni, avx_vnni]}
                reason: why
                reproduction: w1.py
                grantedBy: owner
                granted: "2026-11-01"
                expires: "2027-11-01"
                """, Waiver.class, "mine.yaml");

        assertThat(waiver.appliesTo(sut("1.29.0"), Map.of("cpu-flags", "avx avx2 fma")))
                .isTrue();
        assertThat(waiver.appliesTo(sut("1.29.0"), Map.of("cpu-flags", "avx avx2 avx_vnni fma")))
                .isFalse();
        assertThat(waiver.appliesTo(sut("1.29.0"), Map.of("cpu-flags", "avx"))).isFalse();
        assertThat(waiver.appliesTo(sut("1.29.0"), Map.of())).isFalse();
    }

    private static Sut sut(String version) {
        return new Sut("ONNX Runtime", "Microsoft", version, "cpu", "CPU", new TreeMap<>(), new TreeMap<>());
    }
}
