/* The text that regions.py writes, as bytes of the program. */
    .section .rodata
    .global bangkit_regions_begin
    .global bangkit_regions_end
bangkit_regions_begin:
    .incbin REGIONS_FILE
bangkit_regions_end:
    .section .note.GNU-stack, "", %progbits
