# The language, the warnings (all are errors), the sanitizers and the tools that make builds quick.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
add_compile_definitions(_GLIBCXX_ASSERTIONS)  # *result of an error stops the program.

set(BANGKIT_SANITIZE "" CACHE STRING "Sanitizers of every target: address,undefined or thread")
option(BANGKIT_FUZZ "Builds for libFuzzer" OFF)
set(BANGKIT_PRECOMPILE OFF)
if(BANGKIT_SANITIZE)
  add_compile_options(-fsanitize=${BANGKIT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${BANGKIT_SANITIZE})
  # Sanitized programs are compiled more often than they are run: half the time without optimisation, and half of the rest
  # with the headers of libraries precompiled. The release build goes without these, so that it finds what a file forgets
  # to include.
  if(BANGKIT_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
  else()
    set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
    set(BANGKIT_PRECOMPILE ON)
    # So that ccache knows equal ones.
    add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang -fno-pch-timestamp>")
    add_compile_definitions(GTEST_HAS_PTHREAD=1)  # As GTest::gtest has it; else its users could not share the headers.
  endif()
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# Our own code only: generated code is compiled without them. They are meant for g++.
set(BANGKIT_WARNINGS)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  set(BANGKIT_WARNINGS -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Werror)
endif()
