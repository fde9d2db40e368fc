package org.aiis.reference.operators.learning;

import java.util.List;
import org.aiis.reference.operators.Known;
import org.aiis.reference.operators.Operator;

/** The operators of classical machine learning, by name. */
public final class LearningFamily {
    private LearningFamily() {}

    public static List<Known> operators() {
        return List.of(
                known("ArrayFeatureExtractor", new ArrayFeatureExtractor()),
                known("Binarizer", new Binarizer()),
                known("CategoryMapper", new CategoryMapper()),
                known("FeatureVectorizer", new FeatureVectorizer()),
                known("Imputer", new Imputer()),
                known("LabelEncoder", new LabelEncoder()),
                known("LinearClassifier", new LinearClassifier()),
                known("LinearRegressor", new LinearRegressor()),
                known("Normalizer", new Normalizer()),
                known("OneHotEncoder", new OneHotEncoder()),
                known("SVMClassifier", new SvmClassifier()),
                known("SVMRegressor", new SvmRegressor()),
                known("Scaler", new Scaler()),
                Known.of(Known.ML, 5, "TreeEnsemble", new TreeEnsemble()),
                new Known(Known.ML, "TreeEnsembleClassifier", 1, 4, new TreeEnsembleClassifier()),
                new Known(Known.ML, "TreeEnsembleRegressor", 1, 4, new TreeEnsembleRegressor()));
    }

    private static Known known(String name, Operator operator) {
        return Known.of(Known.ML, 1, name, operator);
    }
}
