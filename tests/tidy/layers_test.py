#!/usr/bin/env python3
"""Each rule of layers.py finds its breach, in a tree of a few files, and lets good code be."""
import tempfile
import unittest
from pathlib import Path

from layers import breaches


def found(files):
    """The breaches in a tree of `files` (path -> content), as "file:line: rule"."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, content in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(content)
        return [f"{path}:{line}: {rule}" for path, line, rule in breaches(root)]


class LayersTest(unittest.TestCase):
    def assert_breach(self, path, content, expected):
        self.assertEqual(found({path: content}), [f"{path}:{expected}"])

    def assert_fine(self, path, content):
        self.assertEqual(found({path: content}), [])

    def test_good_code_is_let_be(self):
        self.assert_fine("services/aid/domain/a.h", '#include <vector>\n#include "libs/base/result.h"\n')
        self.assert_fine("services/aid/storage/a.cc", '#include "bangkit/aid/v1/aid_events.pb.h"\n')
        self.assert_fine("services/aid/events/a.cc", '#include "bangkit/registration/v1/registration_events.pb.h"\n')
        self.assert_fine("services/aid/api/a.cc", '#include "libs/grpc/call.h"\n#include "services/aid/storage/b.h"\n')
        self.assert_fine("services/aid/clients/a.cc", '#include "bangkit/registration/v1/a_service.grpc.pb.h"\n')
        self.assert_fine("services/aid/api/a.cc", '#include "services/aid/clients/b.h"\n')
        self.assert_fine("services/cli/a.cc", '#include "bangkit/aid/v1/aid_service.grpc.pb.h"\n')
        self.assert_fine("libs/postgres/a.cc", "#include <libpq-fe.h>\n")

    def test_a_library_knows_no_service(self):
        self.assert_breach("libs/rpc/a.h", '\n#include "services/aid/domain/b.h"\n', "2: a library knows no service")

    def test_base_stands_alone(self):
        self.assert_breach("libs/base/a.h", '#include "libs/postgres/b.h"\n', "1: libs/base stands alone")

    def test_libraries_do_not_include_each_other(self):
        self.assertEqual(found({"libs/a/a.h": '#include "libs/b/b.h"\n', "libs/b/b.h": '#include "libs/a/a.h"\n'}),
                         ["libs/a/a.h:1: libs/a and libs/b include each other",
                          "libs/b/b.h:1: libs/b and libs/a include each other"])

    def test_foreign_libraries_have_one_includer(self):
        for header, owner in (("libpq-fe.h", "postgres"), ("librdkafka/rdkafka.h", "kafka"),
                              ("hiredis/hiredis.h", "redis"), ("sodium.h", "crypto"), ("zip.h", "xlsx")):
            path = "services/aid/storage/a.cc"
            rules = found({path: f"#include <{header}>\n"})
            self.assertEqual(len(rules), 1)
            self.assertIn(f"is included by libs/{owner} only", rules[0])

    def test_domain_is_pure(self):
        self.assert_breach("services/aid/domain/a.h", '#include "libs/postgres/b.h"\n',
                           "1: domain/ does not include libs/postgres")
        self.assert_breach("services/aid/domain/a.h", "#include <grpcpp/server.h>\n",
                           "1: domain/ includes the standard library, libs/base and libs/indonesia only")
        self.assert_breach("services/aid/domain/a.h", '#include "services/aid/storage/b.h"\n',
                           "1: domain/ does not include storage/")

    def test_layers_look_down_only(self):
        self.assert_breach("services/aid/storage/a.h", '#include "services/aid/api/b.h"\n',
                           "1: storage/ does not include api/")
        self.assert_breach("services/aid/storage/a.h", '#include "libs/grpc/b.h"\n',
                           "1: storage/ does not include libs/grpc")
        self.assert_breach("services/aid/api/a.h", '#include "libs/postgres/b.h"\n',
                           "1: api/ does not include libs/postgres")
        self.assert_breach("services/aid/clients/a.h", '#include "services/aid/storage/b.h"\n',
                           "1: clients/ does not include storage/")
        self.assert_breach("services/aid/events/a.h", '#include "services/aid/api/b.h"\n',
                           "1: events/ does not include api/")

    def test_services_meet_by_events_only(self):
        rule = "1: of another service, events/ may include *_events.proto, clients/ all, and nobody anything else"
        self.assert_breach("services/aid/main.cc", '#include "services/training/domain/b.h"\n',
                           "1: a service knows no other service's code")
        self.assert_breach("services/aid/events/a.cc", '#include "bangkit/training/v1/training_service.pb.h"\n', rule)
        self.assert_breach("services/aid/api/a.cc", '#include "bangkit/training/v1/training_events.pb.h"\n', rule)
        self.assert_breach("services/aid/tests/a.h", '#include "bangkit/training/v1/training_service.pb.h"\n', rule)
        self.assert_fine("services/aid/tests/fake_training.h", '#include "bangkit/training/v1/training_service.pb.h"\n')

    def test_files_are_short_and_finished(self):
        self.assert_breach("libs/a/a.cc", "\n" * 351, "351: a file has at most 350 lines")
        self.assert_breach("libs/a/a.cc", "// TO" "DO\n", "1: work is finished or not there")

    def test_rooms_have_a_readme(self):
        self.assertEqual(found({"libs/a/CMakeLists.txt": ""}), ["libs/a:0: every library and service has a README.md"])

    def test_the_top_level_is_fixed(self):
        self.assert_breach("notes.txt", "", "0: not one of the folders and files of the top level")


if __name__ == "__main__":
    unittest.main()
