"""Which of the model files does docs/model.schema.json refuse? Prints the name of each.
YAML 1.1 takes yes and no for truths; a model file means the words.
SPDX-License-Identifier: GPL-3.0-or-later"""
import json
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """As the reader of models: only true and false are truths."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in pairs if tag != "tag:yaml.org,2002:bool"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile(r"^(true|false)$"), list("tf"))

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for path in sys.argv[2:]:
    try:
        with open(path, encoding="utf-8") as file:
            model = yaml.load(file, Loader=Loader)
        refused = next(iter(validator.iter_errors(model)), None)
    except yaml.YAMLError as fault:
        refused = fault
    if refused:
        print(path.rsplit("/", 1)[-1], str(getattr(refused, "message", refused)).splitlines()[0][:90])
