package org.aiis.report.certificate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An in-toto Statement v1 about one manifest. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "predicateType")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Statement.OfDeclaration.class, name = "urn:aiis:supplier-declaration:v1"),
    @JsonSubTypes.Type(value = Statement.OfCertificate.class, name = "urn:aiis:certificate-of-conformity:v1")
})
public sealed interface Statement {
    /** What {@code _type} has to say. */
    String TYPE = "https://in-toto.io/Statement/v1";

    /** A file and its SHA-256. */
    record Subject(String name, Map<String, String> digest) {
        public Subject {
            digest = java.util.Collections.unmodifiableMap(new TreeMap<>(digest));
        }

        static Subject manifest(String sha256) {
            return new Subject("manifest.json", Map.of("sha256", sha256));
        }
    }

    record OfDeclaration(@JsonProperty("_type") String type, List<Subject> subject, Declaration predicate)
            implements Statement {
        public OfDeclaration {
            subject = List.copyOf(subject);
        }
    }

    record OfCertificate(@JsonProperty("_type") String type, List<Subject> subject, Certificate predicate)
            implements Statement {
        public OfCertificate {
            subject = List.copyOf(subject);
        }
    }

    String type();

    List<Subject> subject();

    /** Who signs. */
    default Signer signer() {
        return this instanceof OfDeclaration d
                ? d.predicate().signer()
                : ((OfCertificate) this).predicate().verifier();
    }

    /** The day it was signed. */
    default String issued() {
        return this instanceof OfDeclaration d
                ? d.predicate().issued()
                : ((OfCertificate) this).predicate().timeVerified();
    }

    /** Name, role and key of who signs; only a trust list says whether to believe it. */
    record Signer(String name, Role role, VerificationKey publicKey) {
        static Signer of(SigningKey key) {
            return new Signer(key.name(), key.role(), key.verification());
        }
    }
}
