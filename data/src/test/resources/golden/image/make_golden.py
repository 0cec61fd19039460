#!/usr/bin/env python3
"""Makes the files beside it with PIL (9.4.0) and NumPy; run it in its own folder.

resample-input.png        noise on a gradient, 53 x 37
resample-*.png            parts of it resized with PIL's BILINEAR filter; names: box, size
decode-*.jpg, .png        one picture in several encodings; *.expected.png is PIL's convert('RGB')
eval-input.jpg            140 x 100; eval-expected.png: shorter side to 37, center 32 x 32, as torchvision does
"""
import numpy as np
from PIL import Image

rng = np.random.default_rng(1)


def picture(width, height, noise):
    y, x = np.mgrid[0:height, 0:width]
    planes = [x * 255 / width, y * 255 / height, 127 + 127 * np.sin(x / 7.0 + y / 5.0)]
    levels = np.stack(planes, axis=2) + rng.normal(0, noise, (height, width, 3))
    return Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8))


source = picture(53, 37, 40)
source.save("resample-input.png")
for box, size in [
    ((0, 0, 53, 37), (32, 32)),
    ((0, 0, 53, 37), (17, 11)),
    ((5, 3, 45, 33), (8, 8)),
    ((10, 10, 20, 22), (32, 32)),
    ((7, 2, 39, 34), (32, 32)),
    ((0, 0, 53, 37), (53, 20)),
    ((1, 1, 2, 36), (16, 16)),
]:
    name = "resample-%d-%d-%d-%d-to-%dx%d.png" % (box + size)
    source.crop(box).resize(size, Image.BILINEAR).save(name)

small = picture(40, 30, 5)
small.save("decode-rgb.jpg", quality=90)
small.convert("L").save("decode-gray.jpg", quality=90)
small.convert("CMYK").save("decode-cmyk.jpg", quality=95)
exif = Image.Exif()
exif[0x0112] = 6  # the camera was turned: references do not apply it
small.save("decode-exif.jpg", quality=90, exif=exif)
small.save("decode-png-named.jpg", format="PNG")
small.convert("L").save("decode-gray.png")
small.convert("P", palette=Image.ADAPTIVE).save("decode-palette.png")
small.convert("RGBA").save("decode-alpha.png")
for name in ["rgb.jpg", "gray.jpg", "cmyk.jpg", "exif.jpg", "png-named.jpg", "gray.png", "palette.png", "alpha.png"]:
    Image.open("decode-" + name).convert("RGB").save("decode-" + name + ".expected.png")

large = picture(140, 100, 20)
large.save("eval-input.jpg", quality=90)
decoded = Image.open("eval-input.jpg").convert("RGB")
resized = decoded.resize((int(37 * 140 / 100), 37), Image.BILINEAR)
left, top = int(round((resized.width - 32) / 2.0)), int(round((resized.height - 32) / 2.0))
resized.crop((left, top, left + 32, top + 32)).save("eval-expected.png")
