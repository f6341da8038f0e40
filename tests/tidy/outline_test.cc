#include "tests/tidy/outline.h"

#include <gtest/gtest.h>

namespace omamori::tidy {
namespace {

// "type Plan in omamori 2-4", one a line.
std::string pieces_of(const std::string& code) {
  std::string all;
  for (const Piece& piece : outline(file_of("a.cc", code))) {
    all += piece.kind == PieceKind::type ? "type " : "function ";
    all += piece.name + (piece.nested ? " nested" : "") + " in " + piece.space + " " +
           std::to_string(piece.first) + "-" + std::to_string(piece.last) + "\n";
  }
  return all;
}

TEST(Outline, HasTypesAndFunctionsWithTheirNamespace) {
  EXPECT_EQ(pieces_of("namespace omamori {\n"
                      "struct Plan final : Base<int> {\n"
                      "  int count = 0;\n"
                      "};\n"
                      "namespace {\n"
                      "int f() { return 1; }\n"
                      "}\n"
                      "}\n"),
            "type Plan in omamori 2-4\n"
            "function f in omamori::(unnamed) 6-6\n");
}

TEST(Outline, KnowsWhatIsInsideAType) {
  EXPECT_EQ(pieces_of("class A {\n"
                      " public:\n"
                      "  enum class B : int { one };\n"
                      "  void f() const {\n"
                      "    struct C {};\n"
                      "  }\n"
                      "};\n"),
            "type B nested in  3-3\n"
            "function f nested in  4-6\n"
            "type A in  1-7\n");
}

TEST(Outline, TakesNoInitialiserForABody) {
  EXPECT_EQ(pieces_of("A::A(int b) : b_{b}, c_(b) {\n"
                      "}\n"
                      "const int kOne{1};\n"
                      "const int kTwo[] = {1, 2};\n"
                      "void g(A a = {}, int b = 1) {\n"
                      "}\n"),
            "function A::A in  1-2\n"
            "function g in  5-6\n");
}

TEST(Outline, LooksPastTemplatesAttributesAndThePreprocessor) {
  EXPECT_EQ(pieces_of("#define X {\n"
                      "template <typename T, int n = (2 > 1)>\n"
                      "inline T* f(T* a) {\n"
                      "}\n"
                      "struct [[nodiscard]] Read {};\n"
                      "extern \"C\" {\n"
                      "int main() {\n"
                      "}\n"
                      "}\n"
                      "TEST(Plan, Runs) {\n"
                      "}\n"),
            "function f in  2-4\n"
            "type Read in  5-5\n"
            "function main in  7-8\n"
            "function TEST(Plan, Runs) in  10-11\n");
}

}  // namespace
}  // namespace omamori::tidy
