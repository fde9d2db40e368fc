package org.aiis.report.certificate;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** A supplier's declaration of conformity (ISO/IEC 17050-1); its first member says what it is. */
@JsonPropertyOrder({"document", "issued", "signer", "claims"})
public record Declaration(String document, String issued, Statement.Signer signer, Claims claims) {
    static final String DOCUMENT =
            "SUPPLIER'S DECLARATION OF CONFORMITY (ISO/IEC 17050-1): made by the supplier, on its sole responsibility,"
                    + " to a draft standard adopted by no body; not a certificate";
}
