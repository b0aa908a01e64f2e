"""Stage two: a classifier on top of the pre-trained layer, taught by the labels and, when distilled, by a teacher."""

import numpy as np

from . import attempt, data, network, options, training

TEMPERATURE = 3.0  # how soft the teacher's answers are made


def main():
    parser = options.training_parser(__doc__, epochs=60)
    parser.add_argument("--distilled", action="store_true", help="learn from the teacher of the same data set")
    args = parser.parse_args()

    digits = data.load(args.dataset)
    classifier = network.initialise(np.random.RandomState(args.seed), 64, *network.WIDTHS[args.size], 10)
    classifier.update(attempt.load(attempt.input_directory("encoder") / "encoder.npz"))

    if args.distilled:
        # The teacher has an answer for every image, labelled or not, so the student learns from all of them.
        images = digits.unlabelled
        teacher = attempt.load(attempt.input_directory("teacher") / "best_model.npz")
        targets = network.softmax(network.forward(teacher, images)[-1], TEMPERATURE)
        temperature = TEMPERATURE
    else:
        images = digits.labelled.images
        targets = np.eye(10)[digits.labelled.labels]
        temperature = 1.0

    def gradients_of(model, rows, _):
        layers = network.forward(model, images[rows])
        answers = network.softmax(layers[-1], temperature)
        error = (answers - targets[rows]) * temperature / len(rows)
        return network.backward(model, layers, error), -np.mean(np.sum(targets[rows] * np.log(answers + 1e-12), axis=1))

    def validate(model):
        accuracy, loss = network.quality(model, digits.validation)
        return {"val_loss": loss, "val_acc": accuracy}

    best = training.fit(classifier, len(images), gradients_of, validate, args)
    attempt.save(attempt.DIRECTORY / "best_model.npz", best)
    attempt.artifact("model", "best_model.npz")
    attempt.report(**validate(best))


if __name__ == "__main__":
    main()
