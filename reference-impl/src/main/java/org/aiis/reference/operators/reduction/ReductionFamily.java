package org.aiis.reference.operators.reduction;

import java.util.List;
import org.aiis.reference.operators.Known;

/** The reductions and what runs along an axis, by name. */
public final class ReductionFamily {
    private ReductionFamily() {}

    public static List<Known> operators() {
        return List.of(
                Known.of("ArgMax", new ArgMax()),
                Known.of("ArgMin", new ArgMin()),
                Known.since(26, "CumProd", new CumProd()),
                Known.of("CumSum", new CumSum()),
                Known.of("ReduceL1", new ReduceL1()),
                Known.of("ReduceL2", new ReduceL2()),
                Known.of("ReduceLogSum", new ReduceLogSum()),
                Known.of("ReduceLogSumExp", new ReduceLogSumExp()),
                Known.of("ReduceMax", new ReduceMax()),
                Known.of("ReduceMean", new ReduceMean()),
                Known.of("ReduceMin", new ReduceMin()),
                Known.of("ReduceProd", new ReduceProd()),
                Known.of("ReduceSum", new ReduceSum()),
                Known.of("ReduceSumSquare", new ReduceSumSquare()),
                Known.of("TopK", new TopK()));
    }
}
