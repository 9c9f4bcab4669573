/** The names under which Cornerstone knows its tools. */
import {
  AngleTool,
  ArrowAnnotateTool,
  BidirectionalTool,
  EllipticalROITool,
  LengthTool,
  MagnifyTool,
} from '@cornerstonejs/tools';
import type { MarkTool } from '#shared/study/mark.ts';

export const BIDIRECTIONAL = BidirectionalTool.toolName;
export const MAGNIFIER = MagnifyTool.toolName;
export const MARK_TOOL_NAMES: Record<MarkTool, string> = {
  length: LengthTool.toolName,
  angle: AngleTool.toolName,
  ellipse: EllipticalROITool.toolName,
  arrow: ArrowAnnotateTool.toolName,
};
