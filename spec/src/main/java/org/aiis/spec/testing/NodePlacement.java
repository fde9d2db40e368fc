package org.aiis.spec.testing;

import org.aiis.spec.codec.JsonText;

/**
 * Where a node of the original graph ran; of a node that several providers ran there is one for each.
 *
 * @param node name of the node in the model
 * @param by provider that ran it; for {@code FUSED_INTO} the names of the nodes it became, ending in their provider;
 *     else empty
 */
public record NodePlacement(String node, State state, String by) {
    /** The five states. */
    public enum State {
        PROVIDER,
        FOLDED,
        ELIMINATED,
        FUSED_INTO,
        UNKNOWN
    }

    /** Its canonical JSON. */
    public void writeTo(JsonText out) {
        out.raw("{\"by\":").quoted(by);
        out.raw(",\"node\":").quoted(node);
        out.raw(",\"state\":").quoted(state.name()).raw("}");
    }

    /** Part of a {@link Trace}'s digest. */
    @Override
    public String toString() {
        return "NodePlacement[node=" + node + ", state=" + state + ", by=" + by + "]";
    }
}
