package org.aiis.report.certificate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

/** A certificate of conformity, in the shape of a SLSA verification summary. */
@JsonPropertyOrder({"document", "assurance", "validUntil"})
public record Certificate(
        String document,
        Assurance assurance,
        String validUntil,
        Statement.Signer verifier,
        String timeVerified,
        String resourceUri,
        Policy policy,
        List<Attestation> inputAttestations,
        String verificationResult,
        List<String> verifiedLevels,
        Claims claims) {
    static final String DOCUMENT =
            "CERTIFICATE OF CONFORMITY to a draft standard adopted by no body; relates only to the item tested";

    public Certificate {
        inputAttestations = List.copyOf(inputAttestations);
        verifiedLevels = List.copyOf(verifiedLevels);
    }

    /** Where the observations came from; a run that nobody but its supplier saw is no ground for a certificate. */
    public enum Assurance {
        @JsonProperty("witnessed")
        WITNESSED,
        @JsonProperty("third-party")
        THIRD_PARTY,
        @JsonProperty("reproduced")
        REPRODUCED,
        @JsonProperty("challenged")
        CHALLENGED
    }

    /** The profile that was decided against. */
    public record Policy(String uri, Map<String, String> digest) {}

    /** A statement that the decision rests on. */
    public record Attestation(String uri, Map<String, String> digest) {}
}
