"""Stage three: judges a trained classifier on the test images, which no earlier stage has seen."""

import csv

from . import attempt, data, network, options


def main():
    parser = options.parser(__doc__)
    parser.add_argument("--distilled", action="store_true", help="judge the student that learnt from a teacher")
    args = parser.parse_args()

    digits = data.load(args.dataset)
    model = attempt.load(attempt.input_directory("model") / "best_model.npz")
    accuracy, loss = network.quality(model, digits.test)
    answers = network.forward(model, digits.test.images)[-1].argmax(axis=1)

    with open(attempt.DIRECTORY / "predictions.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["label", "prediction"])
        table.writerows(zip(digits.test.labels, answers))
    attempt.artifact("predictions", "predictions.csv")
    attempt.report(test_accuracy=accuracy, test_loss=loss)
    print(f"{args.dataset}, {args.size}: {accuracy:.4f} of the test images read correctly")


if __name__ == "__main__":
    main()
