"""A small multilayer perceptron, its gradients, and Adam."""

import numpy as np

# Units of the layer that pre-training learns and of the one above it.
WIDTHS = {"teacher": (128, 64), "student": (12, 8)}


def initialise(rng, *widths):
    """Weights and biases of a chain of layers: w0, b0, w1, b1, ..."""
    network = {}
    for i, (fan_in, fan_out) in enumerate(zip(widths, widths[1:])):
        network[f"w{i}"] = rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out))
        network[f"b{i}"] = np.zeros(fan_out)
    return network


def forward(network, inputs):
    """The activations of every layer, inputs first; all but the last are rectified."""
    layers = [inputs]
    depth = len(network) // 2
    for i in range(depth):
        outputs = layers[-1] @ network[f"w{i}"] + network[f"b{i}"]
        layers.append(np.maximum(outputs, 0) if i < depth - 1 else outputs)
    return layers


def backward(network, layers, error):
    """The gradients, given the error at the last layer."""
    gradients = {}
    for i in reversed(range(len(network) // 2)):
        gradients[f"w{i}"] = layers[i].T @ error
        gradients[f"b{i}"] = error.sum(axis=0)
        if i > 0:
            error = (error @ network[f"w{i}"].T) * (layers[i] > 0)
    return gradients


def softmax(logits, temperature=1.0):
    scaled = logits / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def quality(network, part):
    """Fraction read correctly, and mean cross-entropy in nats."""
    probabilities = softmax(forward(network, part.images)[-1])
    accuracy = np.mean(probabilities.argmax(axis=1) == part.labels)
    loss = -np.log(np.maximum(probabilities[np.arange(len(part.labels)), part.labels], 1e-12)).mean()
    return accuracy, loss


class Adam:
    """Adam with decoupled weight decay. Its state is a flat dictionary of arrays, ready for a checkpoint."""

    def __init__(self, network, state=None):
        self.state = state or {
            "steps": np.array(0),
            **{f"mean.{name}": np.zeros_like(value) for name, value in network.items()},
            **{f"square.{name}": np.zeros_like(value) for name, value in network.items()},
        }

    def step(self, network, gradients, learning_rate, weight_decay):
        state = self.state
        state["steps"] = state["steps"] + 1
        for name, gradient in gradients.items():
            mean, square = state[f"mean.{name}"], state[f"square.{name}"]
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient**2 - square)
            unbiased = mean / (1 - 0.9 ** state["steps"]), square / (1 - 0.999 ** state["steps"])
            network[name] -= learning_rate * (unbiased[0] / (np.sqrt(unbiased[1]) + 1e-8) + weight_decay * network[name])
