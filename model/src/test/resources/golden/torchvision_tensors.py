"""Lists names and shapes of the tensors of torchvision networks: network, name, extents joined by x.

Run: python3 torchvision_tensors.py > torchvision_tensors.csv     (torchvision 0.14 or later)
"""
import torchvision

print("network,tensor,shape")
for name in ("resnet18", "resnet50"):
    for tensor, value in getattr(torchvision.models, name)(weights=None).state_dict().items():
        if not tensor.endswith("num_batches_tracked"):
            print(f"{name},{tensor},{'x'.join(map(str, value.shape))}")
