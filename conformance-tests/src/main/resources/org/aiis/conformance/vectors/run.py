"""Runs the vectors beside this file on ONNX Runtime: python run.py [PART OF A NAME]. Put your runtime in place of run()."""
import json, pathlib, sys
import numpy as np, onnx, onnxruntime
from onnx import numpy_helper

def run(model, feeds):
    session = onnxruntime.InferenceSession(model.read_bytes(), providers=["CPUExecutionProvider"])
    return session.run(None, feeds)

def tensor(path):
    return numpy_helper.to_array(onnx.load_tensor(path))

def feeds(data):
    protos = [onnx.load_tensor(data / f"input_{i}.pb") for i in range(len(list(data.glob("input_*.pb"))))]
    return {proto.name: numpy_helper.to_array(proto) for proto in protos}

def wrong(data, i, rule, got):
    """Why an output is not accepted, or an empty text."""
    want = tensor(data / f"output_{i}.pb")
    if got.dtype != want.dtype or got.shape != want.shape:
        return f"{got.dtype}{got.shape}, expected {want.dtype}{want.shape}"
    if rule["kind"] == "distribution":
        return ""  # drawn at random: type and shape are all that one run can be asked for
    low, high = (tensor(data / rule[k]) if k in rule else want for k in ("low", "high"))
    with np.errstate(all="ignore"):
        fine = (got >= low) & (got <= high) if want.dtype != object else got == want
        if want.dtype.kind not in "biuO":
            fine |= np.isnan(got) & np.isnan(low)
            signs = tensor(data / rule["sign"]) if "sign" in rule else np.zeros(want.shape, bool)
            fine &= ~(signs & (got == 0) & (np.signbit(got) != np.signbit(want)))
    if not np.all(fine):
        k = np.argmin(fine)
        return f"element {k} = {got.flat[k]!r}, reference {want.flat[k]!r}, allowed {low.flat[k]!r} to {high.flat[k]!r}"
    return statistics(data, rule["statistics"], got.astype(np.float64)) if "statistics" in rule else ""

def statistics(data, rule, got):
    real, rest, sigma = (tensor(data / rule[k]) for k in ("real", "rest", "sigma"))
    use = (sigma > 0) & np.isfinite(real) & np.isfinite(got)
    e, real, n = (got - real - rest)[use] / sigma[use], real[use], np.count_nonzero(use)
    if n < rule["from"]:
        return ""
    if rule["exponent"] == 0:
        rms = np.sqrt(np.mean(e**2))
        return f"RMS {rms:.3g} sigma, allowed {rule['rms']}" if rms > rule["rms"] else ""
    said = dots(e, real, rule["exponent"])
    first = np.unique(real, return_index=True)[1]
    return said and dots(e[first], real[first], rule["exponent"])

def dots(e, real, x):
    """The limits on the errors of dot products; elements of one reference may count once."""
    square, most = np.mean(e**2), 1 + 2 * np.sqrt(x / e.size) + 2 * x / e.size
    bias, side = np.mean(np.where(real < 0, -e, e)), np.sqrt(2 * x / e.size)
    return f"mean square {square:.3g}, allowed {most:.3g}; bias {bias:.3g}, allowed {side:.3g}" if (
        square > most or abs(bias) > side) else ""

def accepted(data, outputs):
    rules = json.loads((data / "tolerance.json").read_text())["outputs"]
    return next(filter(None, (wrong(data, i, rule, np.asarray(outputs[i])) for i, rule in enumerate(rules))), "")

def accept(case):
    return accepted(case / "test_data_set_0", run(case / "model.onnx", feeds(case / "test_data_set_0")))

def reject(case):
    said = accept(case / "valid")
    try:
        run(case / "broken" / "model.onnx", feeds(case / "broken" / "test_data_set_0"))
        return said or "accepted, a rejection is expected"
    except Exception:
        return said and "the valid twin: " + said

if __name__ == "__main__":
    count = {"agree": 0, "FAIL": 0, "not run": 0}
    for kind, check in (("accept", accept), ("reject", reject)):
        for case in sorted(pathlib.Path(__file__).parent.glob(f"{kind}/*")):
            if "".join(sys.argv[1:]) in case.name:
                try:
                    said = check(case)
                    verdict = "FAIL" if said else "agree"
                except Exception as error:  # your runtime refused it, or Python cannot hand the type over
                    verdict, said = "not run", f"{type(error).__name__}: {error}".splitlines()[0]
                count[verdict] += 1
                print(f"{verdict} {case.name}: {said}\n" if said else "", end="")
    print(", ".join(f"{n} {verdict}" for verdict, n in count.items()))
    sys.exit(count["FAIL"] > 0)
