/**
 * Tools that a client runs itself and whose form only models of anthropic-messages know: described to others as functions of the same
 * name (dialects 5.3). https://docs.anthropic.com/en/docs/agents-and-tools/tool-use
 */
import type { JsonObject, Tool } from '../../dialects/chat-event.ts';
import { text } from '../../dialects/json-member.ts';

const words = (description: string): JsonObject => ({ type: 'string', description });
const number = (description: string): JsonObject => ({ type: 'integer', description });
const point: JsonObject = { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 2, description: 'x and y in pixels' };
const oneOf = (...values: string[]): JsonObject => ({ type: 'string', enum: values });

const lines: JsonObject = { type: 'array', items: { type: 'integer' }, description: 'First and last line to show; -1 for the last one.' };
const texts: JsonObject = {
  path: words('Path of the file or folder.'), file_text: words('Content of a new file.'), old_str: words('Text to replace; must stand there once.'),
  new_str: words('Text that takes its place.'), insert_line: number('Line after which to insert; 0 for the beginning.'), insert_text: words('Text to insert.'), view_range: lines,
};

const known: readonly { readonly type: RegExp; readonly description: string; readonly properties: JsonObject; readonly required: string[] }[] = [
  { type: /^bash_/, description: 'Runs commands in a shell that keeps its state.', required: [], properties: { command: words('The command to run.'), restart: { type: 'boolean', description: 'Starts the shell anew.' } } },
  { type: /^text_editor_/, description: 'Shows and edits files.', required: ['command', 'path'], properties: { command: oneOf('view', 'create', 'str_replace', 'insert', 'undo_edit'), ...texts } },
  { type: /^memory_/, description: 'Keeps notes in files below /memories.', required: ['command'], properties: { command: oneOf('view', 'create', 'str_replace', 'insert', 'delete', 'rename'), ...texts, old_path: words('Path before.'), new_path: words('Path behind.') } },
  {
    type: /^computer_/, description: 'Looks at a screen and uses its mouse and keyboard.', required: ['action'],
    properties: {
      action: oneOf('screenshot', 'key', 'type', 'mouse_move', 'left_click', 'right_click', 'middle_click', 'double_click', 'triple_click', 'left_click_drag', 'scroll', 'wait', 'cursor_position', 'hold_key', 'left_mouse_down', 'left_mouse_up'),
      coordinate: point, start_coordinate: point, text: words('Text to type, or keys to press.'), duration: { type: 'number', description: 'Seconds.' },
      scroll_direction: oneOf('up', 'down', 'left', 'right'), scroll_amount: number('Steps.'),
    },
  },
];

/** The tool as a function; the tool itself where it is none of these. */
export function asFunction(tool: Tool): Tool {
  const type = text(tool.native?.['type']) ?? '', form = known.find((one) => one.type.test(type));
  if (!form) return tool;
  const { description, properties, required } = form;
  return { name: tool.name, description, schema: { type: 'object', properties, required } };
}
