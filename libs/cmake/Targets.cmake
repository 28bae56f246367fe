# The kinds of targets there are. A layer may use what it links and nothing else; tests/tidy checks the includes too.

if(BANGKIT_PRECOMPILE)
  file(CONFIGURE OUTPUT gen/precompiled.cc CONTENT "")
  add_library(precompiled OBJECT ${CMAKE_CURRENT_BINARY_DIR}/gen/precompiled.cc)
  target_compile_options(precompiled PRIVATE ${BANGKIT_WARNINGS})
  target_precompile_headers(precompiled PRIVATE
    <algorithm> <chrono> <expected> <functional> <map> <memory> <mutex> <optional> <span> <string> <thread> <vector>
    <gmock/gmock.h> <grpcpp/grpcpp.h> <prometheus/registry.h> <google/protobuf/message.h>)
endif()

# bangkit_precompile(TARGET): with the headers that most sources include.
function(bangkit_precompile target)
  if(BANGKIT_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM precompiled)
  endif()
endfunction()

# bangkit_compile_quickly(TARGET): what is compiled more often than it is run, such as a test.
function(bangkit_compile_quickly target)
  if(NOT BANGKIT_SANITIZE)  # Which is not optimised anyway.
    target_compile_options(${target} PRIVATE -O0)
  endif()
endfunction()

# bangkit_add_library(NAME SOURCES ... LINK ... [PRIVATE_LINK ...]): one lib, or one layer of a service.
function(bangkit_add_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  if(arg_SOURCES)
    add_library(${name} STATIC ${arg_SOURCES})
    target_compile_options(${name} PRIVATE ${BANGKIT_WARNINGS})
    target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${arg_LINK} PRIVATE ${arg_PRIVATE_LINK})
    bangkit_precompile(${name})
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} INTERFACE ${arg_LINK})
  endif()
endfunction()

# bangkit_add_program(NAME SOURCES ... LINK ...)
function(bangkit_add_program name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_compile_options(${name} PRIVATE ${BANGKIT_WARNINGS})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${arg_LINK})
  bangkit_precompile(${name})
endfunction()

# bangkit_add_test(NAME LABEL unit|storage|e2e SOURCES ... LINK ... [PROGRAMS target ...])
#   unit: needs nothing. storage: needs the servers of tests/run. e2e: whole processes, named by PROGRAMS,
#   each known to the test as the macro <TARGET>_PROGRAM. Those of libs/ are also labelled `library`.
add_custom_target(library_tests)
function(bangkit_add_test name)
  cmake_parse_arguments(arg "" "LABEL" "SOURCES;LINK;PROGRAMS" ${ARGN})
  bangkit_add_program(${name} SOURCES ${arg_SOURCES} LINK ${arg_LINK} GTest::gmock GTest::gtest_main)
  bangkit_compile_quickly(${name})
  if(NOT BANGKIT_SANITIZE)
    target_link_options(${name} PRIVATE -Wl,--strip-debug)  # Two hundred programs hold the same libraries.
  endif()
  foreach(program ${arg_PROGRAMS})
    string(MAKE_C_IDENTIFIER ${program} macro)
    string(TOUPPER ${macro} macro)
    target_compile_definitions(${name} PRIVATE ${macro}_PROGRAM="$<TARGET_FILE:${program}>")
    add_dependencies(${name} ${program})
  endforeach()
  add_test(NAME ${name} COMMAND ${name})
  if(CMAKE_CURRENT_SOURCE_DIR MATCHES "^${CMAKE_SOURCE_DIR}/libs/")
    list(APPEND arg_LABEL library)
    add_dependencies(library_tests ${name})
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABEL}" TIMEOUT 300)
endfunction()

# bangkit_add_proto(NAME ROOT folder PROTOS ... [LINK ...] [GRPC]): generated code is a library of its own,
# compiled once and without our warnings.
function(bangkit_add_proto name)
  cmake_parse_arguments(arg "GRPC" "ROOT" "PROTOS;LINK" ${ARGN})
  set(out ${CMAKE_BINARY_DIR}/gen)
  file(MAKE_DIRECTORY ${out})
  set(sources)
  foreach(proto ${arg_PROTOS})
    string(REGEX REPLACE "[.]proto$" "" stem ${proto})
    set(outputs ${out}/${stem}.pb.cc ${out}/${stem}.pb.h)
    set(grpc)
    if(arg_GRPC AND proto MATCHES "_service[.]proto$")
      list(APPEND outputs ${out}/${stem}.grpc.pb.cc ${out}/${stem}.grpc.pb.h)
      set(grpc --grpc_out=${out} --plugin=protoc-gen-grpc=${GRPC_CPP_PLUGIN})
    endif()
    add_custom_command(
      OUTPUT ${outputs}
      COMMAND ${PROTOC} -I ${arg_ROOT} -I ${GOOGLEAPIS} --cpp_out=${out} ${grpc} ${proto}
      DEPENDS ${arg_ROOT}/${proto}
      VERBATIM)
    list(APPEND sources ${outputs})
  endforeach()
  add_library(${name} STATIC ${sources})
  target_compile_options(${name} PRIVATE -w)
  target_include_directories(${name} SYSTEM PUBLIC ${out})
  target_link_libraries(${name} PUBLIC ${arg_LINK} PkgConfig::GRPC)
endfunction()

# bangkit_add_service(NAME [LINK ...]): the layers found below services/NAME, each linked only to what it may
# include, the program bangkit-NAME of what lies beside them, and the tests in tests/*_test.cc (unit unless named
# *_storage_test.cc). What tests have in common lies in tests/*_fixture.cc, so that it is compiled once.
function(bangkit_add_service name)
  cmake_parse_arguments(arg "" "" "LINK;MAIN_LINK" ${ARGN})
  set(below)
  foreach(layer domain storage events clients api jobs)
    file(GLOB sources CONFIGURE_DEPENDS ${layer}/*.cc ${layer}/*/*.cc)
    if(NOT sources)
      continue()
    endif()
    if(layer STREQUAL domain)
      set(libs base indonesia)
    elseif(layer STREQUAL storage)
      set(libs postgres command messaging crypto bangkit_protos)
    elseif(layer STREQUAL events)
      set(libs messaging kafka bangkit_protos)
    elseif(layer STREQUAL jobs)
      set(libs telemetry bangkit_protos)
    else()
      set(libs rpc bangkit_protos)
    endif()
    bangkit_add_library(${name}_${layer} SOURCES ${sources} LINK ${below} ${libs} ${arg_LINK})
    list(APPEND below ${name}_${layer})
  endforeach()
  file(GLOB wiring CONFIGURE_DEPENDS *.cc)
  bangkit_add_program(bangkit-${name} SOURCES ${wiring} LINK ${below} denials ${arg_MAIN_LINK})

  file(GLOB fixtures CONFIGURE_DEPENDS tests/*_fixture.cc tests/*/*_fixture.cc)
  bangkit_add_library(${name}_testing SOURCES ${fixtures}
                      LINK ${below} denials identity_testing testing GTest::gmock)
  if(fixtures)
    bangkit_compile_quickly(${name}_testing)
  endif()
  file(GLOB tests CONFIGURE_DEPENDS tests/*_test.cc tests/*/*_test.cc)
  foreach(test ${tests})
    get_filename_component(stem ${test} NAME_WE)
    set(label unit)
    if(stem MATCHES "_storage_test$")
      set(label storage)
    endif()
    bangkit_add_test(${name}_${stem} LABEL ${label} SOURCES ${test} LINK ${name}_testing)
  endforeach()
endfunction()

# bangkit_embed_migrations(TARGET COMPONENT): makes TARGET, a library with the SQL files of migrations/ and the
# function bangkit::<COMPONENT>::Migrations() of "gen/<COMPONENT>_migrations.h".
function(bangkit_embed_migrations target component)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/migrations/*.sql)
  list(SORT files)
  set(entries "")
  foreach(file ${files})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} sql)
    string(APPEND entries "    {\"${name}\", R\"sql(${sql})sql\"},\n")
  endforeach()
  set(out ${CMAKE_CURRENT_BINARY_DIR}/gen)
  file(CONFIGURE OUTPUT ${out}/${component}_migrations.h @ONLY CONTENT
"#pragma once

#include \"libs/postgres/migrations.h\"

namespace bangkit::@component@ {
/// The schema of @component@, step by step.
postgres::Component Migrations();
}  // namespace bangkit::@component@
")
  file(CONFIGURE OUTPUT ${out}/${component}_migrations.cc @ONLY CONTENT
"#include \"@component@_migrations.h\"

namespace bangkit::@component@ {
postgres::Component Migrations() {
    static constexpr postgres::Migration kSteps[] = {
@entries@    };
    return {.name = \"@component@\", .migrations = kSteps};
}
}  // namespace bangkit::@component@
")
  add_library(${target} STATIC ${out}/${component}_migrations.cc)
  target_include_directories(${target} PUBLIC ${CMAKE_CURRENT_BINARY_DIR} ${out} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${target} PUBLIC postgres)
endfunction()
