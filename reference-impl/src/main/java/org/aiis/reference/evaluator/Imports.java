package org.aiis.reference.evaluator;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aiis.onnx.OperatorSetIdProto;
import org.aiis.reference.older.OlderForms;
import org.aiis.spec.port.Oracle;

/** The operator sets that a model or a function imports. */
final class Imports {
    private Imports() {}

    /** The version of each one that the oracle covers, by domain. */
    static Map<String, Integer> versions(List<OperatorSetIdProto> imports) {
        Map<String, Integer> versions = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (OperatorSetIdProto imported : imports) {
            String domain = domain(imported.getDomain());
            if (!seen.add(domain)) {
                throw refusal("domain '" + imported.getDomain() + "' is imported twice");
            }
            Operators.Versions covered = Operators.SETS.get(domain);
            if (covered == null) {
                continue;
            }
            long oldest = domain.isEmpty() ? OlderForms.OLDEST : covered.oldest();
            if (imported.getVersion() < oldest || imported.getVersion() > covered.newest()) {
                throw refusal((domain.isEmpty() ? "opset version " : "version of " + domain + " ")
                        + imported.getVersion() + " is outside " + oldest + " to " + covered.newest());
            }
            versions.put(domain, Math.toIntExact(imported.getVersion()));
        }
        return versions;
    }

    static String domain(String name) {
        return name.equals("ai.onnx") ? "" : name;
    }

    private static Oracle.Refusal refusal(String why) {
        return new Oracle.Refusal(true, why);
    }
}
