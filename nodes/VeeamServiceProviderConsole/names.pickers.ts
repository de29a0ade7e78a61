import type { PickerNames } from '../shared/description/names';

export const pickers: PickerNames[] = [];
