/* The text that regions.py writes, region_changes.csv and holidays.csv, as bytes of the program. */
    .section .rodata
    .global bangkit_regions_begin
    .global bangkit_regions_end
    .global bangkit_region_changes_begin
    .global bangkit_region_changes_end
    .global bangkit_holidays_begin
    .global bangkit_holidays_end
bangkit_regions_begin:
    .incbin REGIONS_FILE
bangkit_regions_end:
bangkit_region_changes_begin:
    .incbin REGION_CHANGES_FILE
bangkit_region_changes_end:
bangkit_holidays_begin:
    .incbin HOLIDAYS_FILE
bangkit_holidays_end:
    .section .note.GNU-stack, "", %progbits
