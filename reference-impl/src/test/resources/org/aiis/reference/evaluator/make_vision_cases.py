"""Makes cases-vision.jsonl: pooling, convolution, images and signals, with results of NumPy (float64) or exact reasoning."""
import json, math, numpy as np
rng = np.random.default_rng(20261124)
C = []
f32 = lambda *x: np.array(x, np.float32)
D = np.float64

def ten(a, t=None):
    a = np.asarray(a)
    def v(x):
        if a.dtype == bool: return '1' if x else '0'
        if a.dtype.kind in 'iu': return str(int(x))
        x = float(x)
        return 'NaN' if math.isnan(x) else 'Infinity' if x == math.inf else '-Infinity' if x == -math.inf else x.hex()
    return {'type': t or str(a.dtype), 'shape': list(a.shape), 'values': [v(x) for x in a.ravel()]}

def case(name, op, ins, out, opset=17, outs=None, **at):
    C.append({'name': op + '/' + name, 'op': op, 'opset': opset, 'attributes': at,
              'inputs': [None if i is None else ten(i) for i in ins], 'outputs': outs or [out]})

as32 = lambda x: ten(np.asarray(x, D), 'float32')
R = lambda *s: rng.standard_normal(s).astype(np.float32)

# Transposed convolution: add each element times the kernel into the output.
x, w = R(1, 2, 3, 4), R(2, 3, 2, 3)
y = np.zeros((1, 3, 6, 9), D)
for c in range(2):
    for i in range(3):
        for j in range(4):
            y[0, :, 2*i:2*i+2, 2*j:2*j+3] += x[0, c, i, j].astype(D) * w[c].astype(D)
case('strides', 'ConvTranspose', [x, w], as32(y[:, :, :, :]), strides=[2, 2])
case('pads', 'ConvTranspose', [x, w], as32(y[:, :, 1:, :-1]), strides=[2, 2], pads=[1, 0, 0, 1])
# Column blocks back into an image, by the definition.
col = R(1, 4, 6)
im = np.zeros((3, 4), D)
for l in range(6):
    for k in range(4):
        im[l // 3 + k // 2, l % 3 + k % 2] += col[0, k, l]
case('overlap', 'Col2Im', [col, np.array([3, 4]), np.array([2, 2])], as32(im.reshape(1, 1, 3, 4)), opset=18)
# Deformed convolution of one tap half an element aside: means of neighbours, zero outside.
x = R(1, 1, 2, 3); z = np.pad(x[0, 0].astype(D), ((0, 0), (0, 1)))
off = np.zeros((1, 2, 2, 3), np.float32); off[0, 1] = 0.5
case('half aside', 'DeformConv', [x, f32(2).reshape(1, 1, 1, 1), off], as32((z[:, :-1] + z[:, 1:]).reshape(1, 1, 2, 3)), opset=19)
x, w, s = R(1, 2, 3), R(2, 1, 2), R(1, 2, 1)
a = np.concatenate([s, x], 2).astype(D)
case('state', 'CausalConvWithState', [x, w, None, s], None, opset=27, outs=[as32(a[:, :, :-1] * w[:, 0, :1] + a[:, :, 1:] * w[:, 0, 1:]), ten(x[:, :, -1:])])
# Norms.
x = R(1, 1, 2, 4)
p = lambda v, n: (np.abs(v.astype(D)) ** n).sum() ** (1 / n)
case('p 3', 'LpPool', [x], as32([[[[p(x[..., i:i+2], 3) for i in range(3)]]]]), kernel_shape=[2, 2], p=3)
case('p left out', 'GlobalLpPool', [x], as32([[[[p(x, 2)]]]]))
case('negative', 'GlobalMaxPool', [f32(-3, -1, -2).reshape(1, 1, 3)], as32([[[-1]]]))
case('strides', 'MaxUnpool', [f32(5, 6).reshape(1, 1, 2), np.array([[[1, 2]]])], as32([[[0, 5, 6, 0]]]), kernel_shape=[2], strides=[2])
case('bins', 'MaxRoiPool', [np.arange(16, dtype=np.float32).reshape(1, 1, 4, 4), f32(0, 0, 0, 3, 3).reshape(1, 5)], as32([[[[5, 7], [13, 15]]]]), pooled_shape=[2, 2])
# A plane that rises by 1 along x and by 10 along y is its own interpolation.
plane = (10 * np.arange(6)[:, None] + np.arange(7)).astype(np.float32)
case('plane', 'RoiAlign', [plane.reshape(1, 1, 6, 7), f32(1, 1, 5, 3).reshape(1, 4), np.array([0])], as32([[[[10*1.5 + 1.5, 10*1.5 + 3.5]]]]), opset=16, output_width=2, sampling_ratio=2)
case('max between', 'RoiAlign', [f32(0, 2).reshape(1, 1, 1, 2), f32(0, 0, 1, 1).reshape(1, 4), np.array([0])], as32([[[[1]]]]), opset=16, mode='max', sampling_ratio=1, coordinate_transformation_mode='output_half_pixel')
case('twice', 'Resize', [f32(0, 4), None, f32(2)], as32([0, 1, 3, 4]), mode='linear')
case('ties', 'Resize', [f32(0, 1, 2), None, f32(2)], as32([0, 0, 1, 1, 2, 2]), coordinate_transformation_mode='asymmetric')
case('crop of scales', 'Resize', [f32(*range(8)), f32(0.25, 0.75), f32(2)], as32(np.linspace(1.75, 5.25, 8)), mode='linear', coordinate_transformation_mode='tf_crop_and_resize')
case('integer length', 'Resize', [f32(1, 2, 3, 4), None, f32(.6)], as32([1, 4]), mode='linear', coordinate_transformation_mode='align_corners')
case('antialias', 'Resize', [f32(0, 8, 16, 24), None, f32(.5)], as32([np.dot([3/8, 3/8, 1/8], [0, 8, 16]) + 0, np.dot([1/8, 3/8, 3/8], [8, 16, 24]) + 24/8]), opset=18, mode='linear', antialias=1)
g = f32(-1, 0, 0, 0, 1, 0).reshape(1, 1, 3, 2)
case('corners', 'GridSample', [f32(2, 4, 8).reshape(1, 1, 1, 3), g], as32([[[[2, 4, 8]]]]), align_corners=1)
case('half outside', 'GridSample', [f32(2, 4, 8).reshape(1, 1, 1, 3), g], as32([[[[1, 4, 4]]]]))
case('centres', 'AffineGrid', [f32(2, 0, 1, 0, 1, 0).reshape(1, 2, 3), np.array([1, 1, 1, 2])], as32([[[[0, 0], [2, 0]]]]), opset=20)
v = np.arange(8)
case('crd', 'DepthToSpace', [v.reshape(1, 8, 1, 1)], ten(v.reshape(1, 2, 2, 2)), blocksize=2, mode='CRD')
case('dcr', 'DepthToSpace', [v.reshape(1, 8, 1, 1)], ten(np.array([0, 2, 4, 6, 1, 3, 5, 7]).reshape(1, 2, 2, 2)), blocksize=2)
case('dcr', 'SpaceToDepth', [v.reshape(1, 2, 2, 2)], ten(np.array([0, 4, 1, 5, 2, 6, 3, 7]).reshape(1, 8, 1, 1)), blocksize=2)
case('odd', 'CenterCropPad', [np.arange(12).reshape(4, 3), np.array([1, 6])], ten(np.array([[0, 3, 4, 5, 0, 0]])), opset=18)
b = f32(*[[[0, 0, 1, 3], [0, 1, 1, 4], [5, 5, 6, 6]]])
case('thresholds', 'NonMaxSuppression', [b, f32([[.5, .75, .25]]), np.array([3]), f32(.5), f32(.25)], ten(np.array([[0, 0, 1], [0, 0, 0], [0, 0, 2]])))
case('nothing asked', 'NonMaxSuppression', [b, f32([[.5, .75, .25]])], ten(np.zeros((0, 3), np.int64)))
x = R(2, 7, 2)
cx = lambda z: np.stack([z.real, z.imag], -1)
z = x[..., 0].astype(D) + 1j * x[..., 1].astype(D)
case('complex', 'DFT', [x], as32(cx(np.fft.fft(z))))
case('inverse', 'DFT', [x], as32(cx(np.fft.ifft(z))), inverse=1)
r = R(1, 6, 1)
case('onesided', 'DFT', [r], as32(cx(np.fft.rfft(r[..., 0].astype(D)))), opset=20, onesided=1)
case('onesided inverse', 'DFT', [x], as32(np.fft.irfft(z)[..., None]), opset=20, onesided=1, inverse=1)
case('onesided inverse odd', 'DFT', [x, np.array(11)], as32(np.fft.irfft(z, 11)[..., None]), opset=20, onesided=1, inverse=1)
s, w = R(1, 11, 1), R(4)
fr = np.stack([s[0, i:i+4, 0].astype(D) * w.astype(D) for i in (0, 3, 6)])
case('rest', 'STFT', [s, np.array(3), w], as32(cx(np.fft.rfft(fr))[None]))
case('few', 'MelWeightMatrix', [np.array(1), np.array(8), np.array(8000), f32(0).reshape(()), f32(4000).reshape(())], as32([[1], [.5], [0], [0], [0]]))
pnm = np.frombuffer(b'P3 # comment\n2 1 15\n15 0 5  0 15 1\n', np.uint8)
case('plain pixmap', 'ImageDecoder', [pnm], ten(np.array([[[255, 0, 85], [0, 255, 17]]], np.uint8)), opset=20)
case('blue first', 'ImageDecoder', [pnm], ten(np.array([[[85, 0, 255], [17, 255, 0]]], np.uint8)), opset=20, pixel_format='BGR')
case('no image', 'ImageDecoder', [np.array([1, 2, 3], np.uint8)], ten(np.zeros((0, 0, 0), np.uint8)), opset=20)
case('cut off', 'ImageDecoder', [np.frombuffer(b'P6 2 2 255\nabc', np.uint8)], ten(np.zeros((0, 0, 0), np.uint8)), opset=20)
open('cases-vision.jsonl', 'w').write('\n'.join(json.dumps(c) for c in C) + '\n')
print(len(C), len({c['op'] for c in C}))
