package org.aiis.conformance.qualification.dots;

import java.util.ArrayList;
import java.util.List;
import org.aiis.conformance.catalogue.Seeded;
import org.aiis.conformance.catalogue.operators.DotInputs;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/** Operands of one kind: the catalogue's own (S0 to S5 of TOSA), and others that tell orders apart. */
interface Family {
    String name();

    /** Rows of the left operand and columns of the right one, one after the other, each [k], not yet rounded. */
    void fill(double[][] rows, double[][] columns, ElementType type, Seeded seeded);

    static List<Family> all() {
        List<Family> all = new ArrayList<>();
        for (DotInputs inputs : DotInputs.values()) {
            all.add(new Catalogued(inputs));
        }
        all.addAll(List.of(Other.values()));
        return List.copyOf(all);
    }

    /** As the cases of MatMul, Gemm and Conv take them. */
    record Catalogued(DotInputs inputs) implements Family {
        @Override
        public String name() {
            return "S" + inputs.ordinal();
        }

        @Override
        public void fill(double[][] rows, double[][] columns, ElementType type, Seeded seeded) {
            int k = rows[0].length;
            List<Tensor> both = inputs.matrices(type, seeded, rows.length, k, columns.length);
            for (int at = 0; at < k; at++) {
                for (int i = 0; i < rows.length; i++) {
                    rows[i][at] = both.get(0).real(i * k + at);
                }
                for (int j = 0; j < columns.length; j++) {
                    columns[j][at] = both.get(1).real(at * columns.length + j);
                }
            }
        }
    }

    /** Families beside the catalogue's. */
    enum Other implements Family {
        UNIFORM {
            @Override
            double left(Seeded seeded, int at, double[] row) {
                return seeded.between(-1, 1);
            }
        },
        POSITIVE {
            @Override
            double left(Seeded seeded, int at, double[] row) {
                return seeded.between(0.5, 1);
            }
        },
        /** Sizes over nine binary orders. */
        SPREAD {
            @Override
            double left(Seeded seeded, int at, double[] row) {
                return StrictMath.exp(seeded.between(-3, 3)) * (seeded.coin() ? 1 : -1);
            }
        },
        /** The second half nearly undoes the first: large partial sums, a small result. */
        CANCELLING {
            @Override
            double left(Seeded seeded, int at, double[] row) {
                int half = (row.length + 1) / 2;
                return at < half ? seeded.between(0.5, 1) : -row[at - half] * seeded.between(0.99, 1.01);
            }

            @Override
            double right(Seeded seeded, int at, double[] column) {
                int half = (column.length + 1) / 2;
                return at < half ? seeded.between(0.5, 1) : column[at - half];
            }
        },
        /** Neighbours nearly undo each other: small partial sums in order, larger ones in lanes. */
        ADJACENT {
            @Override
            double left(Seeded seeded, int at, double[] row) {
                return at % 2 == 0 ? seeded.between(-1, 1) : -row[at - 1] * seeded.between(0.99, 1.01);
            }

            @Override
            double right(Seeded seeded, int at, double[] column) {
                return at % 2 == 0 ? seeded.between(0.5, 1) : column[at - 1];
            }
        };

        abstract double left(Seeded seeded, int at, double[] row);

        double right(Seeded seeded, int at, double[] column) {
            return left(seeded, at, column);
        }

        @Override
        public void fill(double[][] rows, double[][] columns, ElementType type, Seeded seeded) {
            for (double[] row : rows) {
                for (int at = 0; at < row.length; at++) {
                    row[at] = type.format().round(left(seeded, at, row));
                }
            }
            for (double[] column : columns) {
                for (int at = 0; at < column.length; at++) {
                    column[at] = type.format().round(right(seeded, at, column));
                }
            }
        }
    }
}
